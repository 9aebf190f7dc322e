import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { info } from '@actions/core';
import { DefaultArtifactClient } from '@actions/artifact';
import { MAX_SHARDS, SHARD_FILES, type ShardNumber } from '../baseline/shard.ts';
import type { BaseConfig } from '../config/integrity.ts';
import { GateError } from '../errors.ts';
import { type EvaluateOptions, makePlan } from '../plan.ts';
import { evaluateShard, mergeShards } from '../shards.ts';
import { uploadShard } from './artifact.ts';
import type { Context } from './context.ts';
import type { Inputs } from './inputs.ts';
import { unzip } from '../zip.ts';

const LIMITS = { files: SHARD_FILES, bytes: 4 * 2 ** 30, ratio: 200 } as const;

/**
 * The job of one shard: evaluates its images and leaves them for the job that merges.
 *
 * @throws GateError or Error when it cannot: without the shard there is nothing to merge.
 */
export async function runShard(
  part: ShardNumber,
  options: EvaluateOptions,
  baseConfig: BaseConfig,
  { context, inputs }: { context: Context; inputs: Inputs },
): Promise<void> {
  const plan = await makePlan(options, baseConfig);
  await evaluateShard(plan, part, options);
  const upload = { context, name: plan.config.name, retentionDays: inputs.retentionDays };
  await uploadShard(options.outDirectory, part, upload);
  info(`shard ${part.index} of ${part.of} is left for the job that merges`);
}

/**
 * Fetches the shards that this run's other jobs left, and joins them. They are asked of the artifact service of
 * the run itself, so no permission is needed and no other run's can be meant.
 *
 * @param name Of the gate.
 * @returns    A run directory.
 * @throws GateError naming the shard that is missing, doubled or of another run.
 */
export async function fetchShards(name: string, { temporary }: Context): Promise<string> {
  const client = new DefaultArtifactClient();
  const { artifacts } = await client.listArtifacts({ latest: true });
  const pattern = /^robustness-shard-(.+)-\d{1,3}-of-\d{1,3}$/;
  const shards = artifacts.filter((artifact) => pattern.exec(artifact.name)?.[1] === name);
  if (shards.length === 0 || shards.length > 2 * MAX_SHARDS) {
    throw new GateError('github', {
      message: `${shards.length} jobs of this run have left a shard of ${name}`,
      fix: 'let jobs with `shard: 1/4` … `shard: 4/4` run before this one (`needs`)',
    });
  }
  const folder = await mkdtemp(join(temporary, 'robustness-shards-'));
  const directories: string[] = [];
  for (const { id, name: artifact, digest } of shards.toSorted((a, b) => a.id - b.id)) {
    const packed = join(folder, `${id}`);
    await client.downloadArtifact(id, { path: packed, skipDecompress: true });
    const [file = ''] = await readdir(packed);
    const actual = await sha256(join(packed, file));
    if (digest !== `sha256:${actual}`) {
      throw new GateError('github', {
        message: `${artifact} was damaged on its way: its SHA-256 is ${actual}, GitHub says ${digest ?? 'nothing'}`,
        fix: 'run this job again',
      });
    }
    await unzip(join(packed, file), join(folder, artifact), LIMITS);
    directories.push(join(folder, artifact));
  }
  const out = join(folder, 'run');
  await mergeShards(directories, out);
  return out;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
