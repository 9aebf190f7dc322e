import type { z } from 'zod';
import type { Problem } from '../errors.ts';
import { nearest } from './nearest.ts';

/** Longer lists are told only when no name is near. */
const SHORT_LIST = 12;

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A problem of the config before its place in the text is known. */
export interface ConfigProblem extends Omit<Problem, 'place'> {
  readonly path: readonly PropertyKey[];
  /** The key itself is at fault, not its value. */
  readonly onKey: boolean;
}

/**
 * Says in a person's words what zod found.
 *
 * @param issue  From `ConfigSchema.safeParse` with `reportInput`.
 * @param schema The config's JSON Schema: knows which keys are allowed where.
 */
export function explainIssue(issue: z.core.$ZodIssue, schema: JsonSchema): ConfigProblem[] {
  const { path } = issue;
  const at = (message: string, fix?: string): ConfigProblem[] => [
    { path, onKey: false, message, ...(fix === undefined ? {} : { fix }) },
  ];
  const found = holdsSecret(path) ? 'found something else' : `found ${show(issue.input)}`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, keysAt(schema, path, issue.input)));
    case 'invalid_key':
      return [
        unknownKey(path.slice(0, -1), String(path.at(-1)), keysAt(schema, path.slice(0, -1), null)),
      ];
    case 'invalid_type':
      return issue.input === undefined
        ? at(`is required (${article(issue.expected)})`)
        : at(`must be ${article(issue.expected)}, ${found}`);
    case 'invalid_value':
      return at(...oneOf(issue.values.map(String), issue.input));
    case 'too_big':
    case 'too_small':
      return at(`${bound(issue)}, ${found}`);
    case 'invalid_union':
      return explainUnion(issue, schema);
    case 'custom':
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
      return at(`${issue.message}, ${found}`);
  }
}

/** Whether somebody may have written the secret itself where the name of a variable belongs. */
function holdsSecret(path: readonly PropertyKey[]): boolean {
  return ['apiKey', 'headers', 'fields'].some((key) => path.includes(key));
}

function explainUnion(issue: z.core.$ZodIssueInvalidUnion, schema: JsonSchema): ConfigProblem[] {
  const { path } = issue;
  if ('options' in issue && issue.discriminator !== undefined) {
    const input: unknown = issue.input;
    const given =
      typeof input === 'object' && input !== null
        ? new Map<string, unknown>(Object.entries(input)).get(issue.discriminator)
        : input;
    const [message, fix] = oneOf(issue.options?.map(String) ?? [], given);
    return [{ path, onKey: false, message, ...(fix ? { fix } : {}) }];
  }
  // The branch that takes this kind of value is the one that the writer meant.
  const branch =
    issue.errors.find(
      (issues) => !issues.some(({ code, path: p }) => code === 'invalid_type' && p.length === 0),
    ) ??
    issue.errors[0] ??
    [];
  return branch.flatMap((inner) =>
    explainIssue({ ...inner, path: [...path, ...inner.path] }, schema),
  );
}

function unknownKey(
  path: readonly PropertyKey[],
  key: string,
  known: readonly string[],
): ConfigProblem {
  const near = nearest(key, known);
  const list = known.length > 0 ? `known here: ${known.join(', ')}` : 'no key is known here';
  return {
    path: [...path, key],
    onKey: true,
    message: `unknown ${path.length === 0 ? 'key' : 'key or name'} "${key}"`,
    fix: near ? `did you mean "${near}"? ${list}` : list,
  };
}

function oneOf(values: readonly string[], input: unknown): [message: string, fix?: string] {
  if (input === undefined) return [`is required: one of ${values.join(', ')}`];
  const near = typeof input === 'string' ? nearest(input, values) : null;
  if (values.length > SHORT_LIST) {
    const fix = near ? `did you mean "${near}"?` : `one of ${values.join(', ')}`;
    return [`unknown name, found ${show(input)}`, fix];
  }
  const message = `must be ${values.length === 1 ? '' : 'one of '}${values.join(', ')}, found ${show(input)}`;
  return near ? [message, `did you mean "${near}"?`] : [message];
}

function bound(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  const unit =
    issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
  return issue.code === 'too_big'
    ? `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit}`
    : `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit}`;
}

const ARTICLES = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping with keys'],
  ['record', 'a mapping with keys'],
]);

function article(expected: string): string {
  return ARTICLES.get(expected) ?? expected;
}

function show(input: unknown): string {
  if (input === undefined) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object' && input !== null) return 'a mapping';
  const text = JSON.stringify(input);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

/** Keys that the schema allows at a path, over all branches that the path fits and that what is there can be. */
function keysAt(schema: JsonSchema, path: readonly PropertyKey[], input: unknown): string[] {
  let nodes = branches(schema);
  for (const part of path) {
    nodes = nodes.flatMap((node) => {
      const next =
        typeof part === 'number'
          ? node.items
          : (node.properties?.[String(part)] ?? node.additionalProperties);
      return typeof next === 'object' && !Array.isArray(next) ? branches(next) : [];
    });
  }
  const keys = nodes
    .filter((node) => canBe(node, input))
    .flatMap((node) => [
      ...Object.keys(node.properties ?? {}),
      ...(typeof node.propertyNames === 'object' ? (node.propertyNames.enum ?? []) : []),
    ]);
  return [...new Set(keys.map(String))];
}

/** Whether no constant of a branch (`format: yolo`) says otherwise. */
function canBe({ properties }: JsonSchema, input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return true;
  const given = new Map<string, unknown>(Object.entries(input));
  return Object.entries(properties ?? {}).every(
    ([key, value]) =>
      typeof value !== 'object' || value.const === undefined || value.const === given.get(key),
  );
}

function branches(schema: JsonSchema): JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [
    schema,
    ...inner.flatMap((branch) => (typeof branch === 'object' ? branches(branch) : [])),
  ];
}
