import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { GateError, messageOf } from '../errors.ts';
import { readBounded } from '../paths.ts';
import { digestOfFile } from './digest.ts';
import type { ManifestHead } from './head.ts';
import { RunManifestSchema } from './manifest.ts';

/** One part of a run: shard `index` (from 1) of `of`. */
export interface ShardNumber {
  readonly index: number;
  readonly of: number;
}

/** A matrix of GitHub has at most 256 jobs. */
export const MAX_SHARDS = 256;

const MAX_BYTES = 256 * 2 ** 20;
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** `shard.json`: what a shard is of, so that only shards of one run are ever joined. */
const ShardManifestSchema = z.strictObject({
  shard: z.strictObject({
    index: z.int().min(1).max(MAX_SHARDS),
    of: z.int().min(1).max(MAX_SHARDS),
  }),
  /** The config's operating confidence; null where the whole run is to find it. */
  confidence: z.number().nullable(),
  /** Of the whole run: all its images, the shard's among them. */
  head: RunManifestSchema.omit({ files: true, metrics: true, confidence: true }),
  files: z.strictObject({ detections: digest, truth: digest }),
});

export type ShardManifest = z.infer<typeof ShardManifestSchema>;

/** The files of a shard; without run.json nobody takes it for a run. */
export const SHARD_FILES = ['shard.json', 'detections.parquet', 'truth.parquet'];

/**
 * Reads `3/8`.
 *
 * @returns Null when it is not of that form, or out of range.
 */
export function parseShard(text: string): ShardNumber | null {
  const match = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text);
  const shard = { index: Number(match?.[1]), of: Number(match?.[2]) };
  return match && shard.index <= shard.of && shard.of <= MAX_SHARDS ? shard : null;
}

/** Ranks of a shard's images, from `start` to before `end`: images rank by content, so any part is like the whole. */
export function shardRange(
  images: number,
  { index, of }: ShardNumber,
): [start: number, end: number] {
  return [Math.floor(((index - 1) * images) / of), Math.floor((index * images) / of)];
}

/** Writes shard.json: from here on the directory is a shard. */
export async function writeShardManifest(
  directory: string,
  shard: ShardNumber,
  head: ManifestHead,
  rest: Pick<ShardManifest, 'confidence' | 'files'>,
): Promise<void> {
  const file = join(directory, 'shard.json');
  await rm(file, { force: true });
  await writeFile(`${file}.tmp`, `${JSON.stringify({ shard, ...rest, head })}\n`);
  await rename(`${file}.tmp`, file);
}

/**
 * Reads a shard's directory, its tables checked against their digests.
 *
 * @throws GateError naming the file that is missing, damaged or of another version.
 */
export async function readShard(directory: string): Promise<ShardManifest> {
  const file = join(directory, 'shard.json');
  const fix = 'a shard is what `robustness-gate run --shard 1/4 --out DIR` writes';
  const text = await readBounded(file, 'the shard', MAX_BYTES, 'run-directory');
  const parsed = ShardManifestSchema.safeParse(jsonOf(text.toString(), file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new GateError('run-directory', {
      message: `not a shard of this version: ${issue?.path.join('.')}: ${issue?.message}`,
      place: { file },
      fix,
    });
  }
  for (const table of ['detections', 'truth'] as const) {
    const name = join(directory, `${table}.parquet`);
    if ((await digestOfFile(name)) === parsed.data.files[table]) continue;
    throw new GateError('run-directory', {
      message: `${name} is missing or damaged: it is not what shard.json says`,
      fix: 'run that shard again',
    });
  }
  return parsed.data;
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GateError('run-directory', {
      message: `not JSON: ${messageOf(error)}`,
      place: { file },
    });
  }
}
