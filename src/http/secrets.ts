import { z } from 'zod';
import type { Allowed } from '../allowed.ts';
import { GateError } from '../errors.ts';

const NAME = /\$([A-Za-z_][A-Za-z0-9_]*)/g;

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
 * Fills in environment variables.
 *
 * @param text With `$NAME`s.
 * @param key  Of the config, for messages.
 * @throws GateError where one is not set.
 */
export function fillSecrets(text: string, { environment }: Allowed, key: string): Filled {
  const secrets: string[] = [];
  const filled = text.replace(NAME, (_, name: string) => {
    const value = environment[name];
    if (!value) {
      throw new GateError('config', {
        message: `${key}: the environment variable ${name} is not set`,
        fix: `set it; in a workflow: env: {${name}: "\${{ secrets.${name} }}"}`,
      });
    }
    secrets.push(value);
    return value;
  });
  return { text: filled, secrets };
}

/** A text without secrets, in any of the forms that a request gives them. */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    // Inside a longer base64 text the last characters depend on what follows.
    Buffer.from(secret)
      .toString('base64')
      .replace(/.{0,2}=*$/, ''),
  ]);
  return forms
    .filter((form) => form.length > 3)
    .reduce((clean, form) => clean.replaceAll(form, '***'), text);
}
