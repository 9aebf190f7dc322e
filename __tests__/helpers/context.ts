import type { Allowed } from '../../src/allowed.ts';
import type { DatasetContext } from '../../src/dataset/dataset.ts';
import { join } from 'node:path';

/** Nothing but files. */
export const nothingAllowed: Allowed = {
  command: false,
  origins: [],
  environment: {},
  secrets: new Set(),
};

/** A world in which paths are relative to a folder. */
export function contextOf(
  directory: string,
  root: string | null = null,
  allowed: Allowed = nothingAllowed,
): DatasetContext {
  return { location: { directory, root }, cacheDirectory: join(directory, '.cache'), allowed };
}
