import { stat } from 'node:fs/promises';
import { GateError } from '../errors.ts';
import { type Location, locate } from '../paths.ts';

/**
 * The file or folder that `dataset.path` (or another key) names.
 *
 * @param what What is expected there, for messages.
 * @throws GateError when it is not there or leaves the workspace.
 */
export async function namedPath(
  path: string,
  key: string,
  what: string,
  location: Location,
): Promise<{ path: string; folder: boolean }> {
  const found = await locate(path, location);
  if (found.kind !== 'found') {
    throw new GateError('dataset', {
      message: `${key} ${found.kind === 'missing' ? 'not found' : 'leaves the workspace'}: ${path}`,
      fix: `name ${what}, relative to the config file`,
    });
  }
  return { path: found.path, folder: (await stat(found.path)).isDirectory() };
}

/** Other names of a split: Roboflow writes `valid`, others `val`. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  val: ['valid', 'validation'],
  valid: ['val', 'validation'],
  validation: ['valid', 'val'],
};

/** A split and the other names that it goes by. */
export function splitNames(split: string): string[] {
  return [split, ...(ALIASES[split] ?? [])];
}
