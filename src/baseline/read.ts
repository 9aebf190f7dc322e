import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GateError } from '../errors.ts';
import { readBounded } from '../paths.ts';
import { digestOfFile } from './digest.ts';
import { type RunManifest, RunManifestSchema } from './manifest.ts';
import { readDetections, readTruth, type TableKeys } from './read-tables.ts';
import type { Run } from './run.ts';

const NAMES = { manifest: 'run.json', detections: 'detections.parquet', truth: 'truth.parquet' };

const MAX_MANIFEST_BYTES = 256 * 2 ** 20;

/** The files of a run directory, and nothing else is one. */
export const RUN_FILES = Object.values(NAMES);

/**
 * Opens a run directory. Both tables are checked against the digests in run.json before they are used.
 *
 * @throws GateError naming the file that is missing, damaged or of another version.
 */
export async function readRun(directory: string): Promise<Run> {
  const manifest = await readManifest(directory);
  return { manifest, ...(await openTables(directory, manifest)) };
}

/**
 * Opens the two tables of a run, checked against their digests.
 *
 * @throws GateError naming the file that is missing or damaged.
 */
export async function openTables(
  directory: string,
  manifest: TableKeys & Pick<RunManifest, 'files'>,
): Promise<Omit<Run, 'manifest'>> {
  for (const table of ['detections', 'truth'] as const) {
    const file = join(directory, NAMES[table]);
    const digest = await digestOfFile(file);
    if (digest === manifest.files[table]) continue;
    throw new GateError('run-directory', {
      message:
        digest === null
          ? `${file} is missing`
          : `${file} is damaged: its SHA-256 is ${digest}, run.json says ${manifest.files[table]}`,
      fix: 'make the run again, or download it again',
    });
  }
  const detections = once(() => readDetections(join(directory, NAMES.detections), manifest));
  const truth = once(() => readTruth(join(directory, NAMES.truth), manifest));
  return {
    detections: async (condition) => (await detections())(condition),
    truth: async (condition) => (await truth())(condition),
  };
}

/**
 * Reads and checks run.json alone.
 *
 * @throws GateError when it is missing, not JSON, or not a run of this version.
 */
export async function readManifest(directory: string): Promise<RunManifest> {
  const file = join(directory, NAMES.manifest);
  const fail = (message: string, cause?: unknown): never => {
    throw new GateError(
      'run-directory',
      {
        message,
        place: { file },
        fix: 'a run directory holds run.json, detections.parquet and truth.parquet, as `robustness-gate run` writes them',
      },
      { cause },
    );
  };
  if (!existsSync(file)) return fail('there is no run here: run.json is missing');
  const text = (
    await readBounded(file, 'run.json', MAX_MANIFEST_BYTES, 'run-directory')
  ).toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail('not JSON', error);
  }
  const result = RunManifestSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    return fail(`not a run of this version: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return result.data;
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => (value ??= load());
}
