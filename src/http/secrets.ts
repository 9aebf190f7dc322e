import { z } from 'zod';
import type { Allowed } from '../allowed.ts';
import { GateError } from '../errors.ts';

const NAME = /\$([A-Za-z_][A-Za-z0-9_]*)/g;

/** What the runner gives its actions: tokens for artifacts and caches, inputs. */
const OF_THE_JOB = /^(ACTIONS_|INPUT_|RUNNER_)/i;

/** A config field made for a secret: the name of an environment variable, never the secret itself. */
export const secretName = z.string().regex(/^\$[A-Za-z_][A-Za-z0-9_]*$/, {
  error: 'name an environment variable, as $ROBOFLOW_API_KEY: a key in git is no secret',
});

/** A text with its `$NAME`s filled in, and what was filled in. */
export interface Filled {
  readonly text: string;
  readonly secrets: readonly string[];
}

/**
 * Fills in environment variables. From then on nothing shows them.
 *
 * @param text With `$NAME`s.
 * @param key  Of the config, for messages.
 * @throws GateError where one is not set.
 */
export function fillSecrets(
  text: string,
  { environment, secrets: known }: Allowed,
  key: string,
): Filled {
  const secrets: string[] = [];
  const filled = text.replace(NAME, (_, name: string) => {
    const value = environment[name];
    if (OF_THE_JOB.test(name)) {
      throw new GateError('config', {
        message: `${key}: ${name} is the job’s own, and goes to nobody`,
        fix: 'name a variable that the workflow sets for this (env)',
      });
    }
    if (!value) {
      throw new GateError('config', {
        message: `${key}: the environment variable ${name} is not set`,
        fix: `set it; in a workflow: env: {${name}: "\${{ secrets.${name} }}"}. A fork’s pull request has no secrets, Dependabot’s are set apart (Settings, Secrets, Dependabot)`,
      });
    }
    secrets.push(value);
    return value;
  });
  for (const secret of secrets) known.add(secret);
  return { text: filled, secrets };
}

/** Names of environment variables that say that they hold a secret. */
const SECRET_NAME = /(KEY|TOKEN|SECRET|PASSWORD|PASSPHRASE|CREDENTIALS|_PAT)$/i;
/** A shorter value may be an ordinary word (`CACHE_KEY: linux-node20`), of a class or a file: keys are longer. */
const LEAST_LIKELY = 16;
/** A shorter form would blacken half of a text. */
const LEAST_FORM = 4;

/** What of an environment is a secret by its name: tokens of the job, keys of services. */
export function likelySecrets(environment: Allowed['environment']): Set<string> {
  return new Set(
    Object.entries(environment).flatMap(([name, value = '']) =>
      SECRET_NAME.test(name) && value.length >= LEAST_LIKELY ? [value] : [],
    ),
  );
}

/** A secret in every form that a request, a JSON text or base64 gives it, its lines one by one too. */
export function formsOf(secret: string): string[] {
  const said = [secret, secret.trim(), ...secret.split(/\r?\n/)];
  const forms = said.flatMap((text) => [
    text,
    encodeURIComponent(text),
    new URLSearchParams([['', text]]).toString().slice(1),
    JSON.stringify(text).slice(1, -1),
    ...[0, 1, 2].flatMap((before) => base64Of(text, before)),
  ]);
  return [...new Set(forms)].filter((form) => form.length >= LEAST_FORM);
}

/** What a text is within longer base64, `before` bytes after a group of three begins; both alphabets. */
function base64Of(text: string, before: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  // The first characters and the last depend on the neighbours too.
  const inner = bytes
    .toString('base64')
    .slice(before === 0 ? 0 : before + 1)
    .replace(/.={1,2}$/, '');
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
}

/** A text without secrets, in any of their forms and any case. */
export function redact(text: string, secrets: Iterable<string>): string {
  const pattern = patternOf(secrets);
  return pattern === null ? text : text.replace(pattern, '***');
}

/**
 * A value in all of whose texts, names of fields included, there are no secrets. What is no text, list or plain
 * object is left as it is; where nothing is found the value itself comes back.
 */
export function redactAll<T>(value: T, secrets: Iterable<string>): T {
  const pattern = patternOf(secrets);
  if (pattern === null) return value;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- texts stay texts: the shape is the same
  return withoutMatches(value, pattern) as T;
}

function patternOf(secrets: Iterable<string>): RegExp | null {
  const forms = [...secrets].flatMap(formsOf);
  // The longest first: one may begin with another.
  const escaped = forms
    .toSorted((a, b) => b.length - a.length)
    .map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  return escaped.length === 0 ? null : new RegExp(escaped.join('|'), 'gi');
}

function withoutMatches(value: unknown, pattern: RegExp): unknown {
  if (typeof value === 'string') return value.replace(pattern, '***');
  if (Array.isArray(value)) {
    const clean = value.map((item: unknown) => withoutMatches(item, pattern));
    return clean.some((item, i) => item !== value[i]) ? clean : value;
  }
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  const entries = Object.entries(value).map(([name, inner]: [string, unknown]) => {
    const clean = [name.replace(pattern, '***'), withoutMatches(inner, pattern)] as const;
    return { clean, same: clean[0] === name && clean[1] === inner };
  });
  return entries.every(({ same }) => same)
    ? value
    : Object.fromEntries(entries.map(({ clean }) => clean));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
