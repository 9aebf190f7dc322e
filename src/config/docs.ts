import { z } from 'zod';
import { augmentations } from '../perturb/augmentations.ts';
import { families } from '../perturb/perturbation.ts';
import { perturbations } from '../perturb/registry.ts';
import { ConfigSchema } from './schema.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The JSON Schema of the config, for editors. */
export function configJsonSchema(): JsonSchema {
  return {
    title: 'robustness.yml',
    ...z.toJSONSchema(ConfigSchema, { io: 'input', unrepresentable: 'any' }),
  };
}

/** Every key of the config as a Markdown table. */
export function configTable(): string {
  return table(['key', 'default', 'what it is'], rowsOf(configJsonSchema(), ''));
}

/** The config's sections with the keys in each as a Markdown table. */
export function sectionTable(): string {
  const { properties = {}, required = [] } = configJsonSchema();
  const rows = Object.entries(properties).flatMap(([key, schema]) =>
    isSchema(schema)
      ? [[code(key), required.includes(key) ? 'yes' : '', keysOf(schema).map(code).join(', ')]]
      : [],
  );
  return table(['section', 'required', 'keys'], rows);
}

/** Keys of a section, of all its kinds together. */
function keysOf({ properties, oneOf = [], anyOf = [] }: JsonSchema): string[] {
  const branches = [...oneOf, ...anyOf].filter(isSchema);
  return [...new Set([...Object.keys(properties ?? {}), ...branches.flatMap(keysOf)])];
}

/** The perturbations of each family as a Markdown table. */
export function familyTable(): string {
  const rows = families.map((family) => [
    family,
    perturbations
      .filter((perturbation) => perturbation.family === family)
      .map(({ name }) => code(name))
      .join(', '),
  ]);
  return table(['family', 'perturbations'], rows);
}

/** Roboflow's augmentations with their nearest conditions as a Markdown table. */
export function augmentationTable(): string {
  return table(
    ['augmentation', 'its default', 'known from', 'nearest condition', 'how they compare'],
    augmentations.map(({ name, range, evidence, nearest, comparison }) => [
      name,
      range,
      evidence,
      nearest.map((id) => `\`${id}\``).join(', ') || 'none',
      comparison,
    ]),
  );
}

/** Inputs of action.yml as a Markdown table. */
export function inputTable(
  inputs: Readonly<Record<string, { description: string; default?: string }>>,
): string {
  return table(
    ['input', 'default', 'what it does'],
    Object.entries(inputs).map(([name, input]) => [
      `\`${name}\``,
      input.default === undefined || input.default === '' ? '' : `\`${input.default}\``,
      input.description.trim().replace(/\s+/g, ' '),
    ]),
  );
}

/**
 * A Markdown text with what stands between `<!-- name:start -->` and `<!-- name:end -->` replaced.
 *
 * @throws RangeError when the markers are not there.
 */
export function replaceBetween(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new RangeError(`no markers for ${name}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

function rowsOf(schema: JsonSchema, path: string): string[][] {
  const branches = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].filter(isSchema);
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    if (!isSchema(value)) return [];
    const full = path ? `${path}.${key}` : key;
    const required = schema.required?.includes(key) && value.default === undefined;
    const nested = rowsOf(value, full);
    if (nested.length > 0 && value.description === undefined) return nested;
    const fallback = value.default === undefined ? '' : `\`${JSON.stringify(value.default)}\``;
    const words = [typeText(value), value.description ?? '', exampleText(value)];
    return [[`\`${full}\``, required ? 'required' : fallback, sentences(words)]];
  });
  return [...own, ...alternatives(branches, path)];
}

/** Rows of a choice: what all have is said once, what only some have with the names of those. */
function alternatives(branches: readonly JsonSchema[], path: string): string[][] {
  const rows = new Map<string, { cells: string[]; names: string[] }>();
  for (const branch of branches) {
    for (const cells of rowsOf(branch, path)) {
      const text = JSON.stringify(cells);
      const row = rows.get(text) ?? { cells, names: [] };
      row.names.push(nameOfBranch(branch));
      rows.set(text, row);
    }
  }
  return [...rows.values()].map(({ cells: [key = '', fallback = '', words = ''], names }) => {
    const some = names.length < branches.length && !names.includes('');
    const own = names.some((name) => words.startsWith(`\`${name}\``));
    return [key, fallback, some && !own ? `(${names.map(code).join(', ')}) ${words}` : words];
  });
}

/** The value that a branch of a choice is known by. */
function nameOfBranch({ properties }: JsonSchema): string {
  const constant = Object.values(properties ?? {})
    .filter(isSchema)
    .map(({ const: value }) => value)
    .find((value) => value !== undefined);
  return constant === undefined ? '' : String(constant);
}

function code(text: string): string {
  return `\`${text}\``;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeText({ const: constant, enum: values }: JsonSchema): string {
  if (constant !== undefined) return `\`${String(constant)}\``;
  return (values ?? []).map((value) => `\`${String(value)}\``).join(', ');
}

function exampleText({ examples }: JsonSchema): string {
  const list = Array.isArray(examples) ? examples : [];
  return list.length > 0
    ? `E. g. ${list.map((example) => `\`${JSON.stringify(example)}\``).join(', ')}`
    : '';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function sentences(words: readonly string[]): string {
  return words
    .filter((word) => word !== '')
    .map((word) => word.replace(/\.$/, ''))
    .join('. ');
}
