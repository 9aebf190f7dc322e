import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GateError } from '../errors.ts';
import { contentKey } from '../content-key.ts';
import { markUsed } from '../evaluate/prune.ts';
import type { ManifestHead } from './head.ts';
import { readRun, RUN_FILES } from './read.ts';
import type { Run } from './run.ts';

/**
 * Where the cache keeps the run of all that decides it: model, engine, settings, images, labels and suite.
 *
 * @param cacheDirectory Outside of what a pull request can write.
 */
export function keptRun(cacheDirectory: string, head: ManifestHead): string {
  return join(cacheDirectory, 'runs', contentKey(head).slice(0, 32));
}

/**
 * Copies a kept run to a run directory.
 *
 * @returns The run; null when there is none or it is damaged, and nothing was copied.
 */
export async function restoreRun(kept: string, directory: string): Promise<Run | null> {
  try {
    const run = await readRun(kept);
    await copyRun(kept, directory);
    for (const file of RUN_FILES) await markUsed(join(kept, file));
    return run;
  } catch (error) {
    if (error instanceof GateError) return null;
    throw error;
  }
}

/** Keeps a finished run; it is whole or not there at all. */
export async function keepRun(kept: string, directory: string): Promise<void> {
  await mkdir(dirname(kept), { recursive: true });
  const half = await mkdtemp(`${kept}.`);
  await copyRun(directory, half);
  await rm(kept, { recursive: true, force: true });
  // Where another process was first, its run is this one.
  await rename(half, kept).catch(() => rm(half, { recursive: true }));
}

/** Copies a run directory's files; where the file system can, they share their blocks until one is changed. */
export async function copyRun(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const file of RUN_FILES) {
    await copyFile(join(from, file), join(to, file), constants.COPYFILE_FICLONE);
  }
}
