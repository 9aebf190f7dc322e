import { readFile, stat } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { GateError, type Problem } from '../errors.ts';
import { explainIssue } from './explain.ts';
import { positionOf } from './position.ts';
import { ConfigSchema, type GateConfig } from './schema.ts';

/** A longer config is not read. */
export const MAX_CONFIG_BYTES = 256 * 1024;
const MAX_ALIASES = 20;

/**
 * Reads and checks a config file.
 *
 * @param file Path of `robustness.yml`.
 * @throws GateError with every problem of the file, each with line, column and key.
 */
export async function loadConfig(file: string): Promise<GateConfig> {
  const size = await stat(file).then(
    (stats) => (stats.isFile() ? stats.size : -1),
    () => null,
  );
  if (size === null || size < 0) {
    throw new GateError('config', {
      message: `config file not found: ${file}`,
      fix: 'name it with --config FILE (the action: input `config`), or write one: README, "Config"',
    });
  }
  if (size > MAX_CONFIG_BYTES) {
    throw new GateError('config', {
      message: `the config has ${size} bytes, at most ${MAX_CONFIG_BYTES} are read`,
      place: { file },
    });
  }
  return parseConfig(await readFile(file, 'utf8'), file);
}

/**
 * Checks the text of a config file.
 *
 * @param text YAML.
 * @param file Its path, for messages.
 * @throws GateError with every problem in file order.
 */
export function parseConfig(text: string, file: string): GateConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: 'core' });
  if (document.errors.length > 0) {
    throw new GateError(
      'config',
      document.errors.map((error): Problem => {
        const { line, col } = lines.linePos(error.pos[0]);
        return {
          message: `not valid YAML: ${error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '')}`,
          place: { file, line, column: col },
        };
      }),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new GateError(
      'config',
      {
        message: `the config's aliases unfold into too much (at most ${MAX_ALIASES} are followed)`,
        place: { file },
        fix: 'write the values out instead of using *aliases',
      },
      { cause: error },
    );
  }
  const result = ConfigSchema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const json = z.toJSONSchema(ConfigSchema, { io: 'input', unrepresentable: 'any' });
  const problems = result.error.issues.flatMap((issue) => explainIssue(issue, json));
  throw new GateError(
    'config',
    problems
      .map(({ path, onKey, ...problem }) => ({
        ...problem,
        place: { file, ...positionOf(document, lines, path, onKey), key: keyText(path) },
      }))
      .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column),
  );
}

function keyText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number'
        ? `${text}[${part}]`
        : text
          ? `${text}.${String(part)}`
          : String(part),
    '',
  );
}
