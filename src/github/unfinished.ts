import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getState, info, saveState, setOutput, summary, warning } from '@actions/core';
import { messageOf } from '../errors.ts';
import { packCache, unpackCache } from '../evaluate/pack.ts';
import { incompleteText, type Unfinished } from '../report/incomplete.ts';
import { uploadFile } from './artifact.ts';
import { type Context, readContext } from './context.ts';
import { downloadArtifact } from './download.ts';
import type { Inputs } from './inputs.ts';
import type { Octokit } from './octokit.ts';

const FILE = 'partial.bin';
const LIMITS = { files: [FILE], bytes: 4 * 2 ** 30, ratio: 200 } as const;

/** Where a run keeps detections; a workflow may restore it with actions/cache before the gate. */
export function cacheDirectory({ temporary }: Pick<Context, 'temporary'>): string {
  return join(temporary, 'robustness-gate-cache');
}

/** What the artifact is called that an unfinished run leaves for its next attempt: one for each config and shard. */
function partialArtifact({ config, shard }: Inputs, { workspace }: Context): string {
  const what = JSON.stringify([config.slice(workspace.length), shard]);
  return `robustness-partial-${createHash('sha256').update(what).digest('hex').slice(0, 12)}`;
}

/**
 * Takes up what the attempt before left, and has the post step leave what this one will not finish.
 *
 * @param octokit Of this job's token.
 */
export async function resume(octokit: Octokit, context: Context, inputs: Inputs): Promise<void> {
  const name = partialArtifact(inputs, context);
  saveState('partial', name);
  if (context.runAttempt === 1 || context.pullRequest?.fork === true) return;
  try {
    const folder = await downloadArtifact(octokit, context, {
      name,
      run: context.runId,
      headRepository: context.repositoryId,
      limits: LIMITS,
    });
    const images = await unpackCache(join(folder, FILE), cacheDirectory(context));
    info(`going on from the attempt before: ${images} images are done`);
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    info(`starting from the beginning: ${messageOf(error)}`);
  }
}

/** Nothing is left to be taken up: the post step has nothing to do. */
export function finished(): void {
  saveState('partial', '');
}

/** Tells that a run was ended before it could judge: never a pass. Needs no network. */
export async function tellUnfinished(unfinished: Unfinished): Promise<void> {
  setOutput('verdict', 'incomplete');
  await summary
    .addRaw(incompleteText(unfinished), true)
    .write()
    .catch((error: unknown) => warning(`the job summary was not written: ${messageOf(error)}`));
}

/** The post step: leaves the detections of a run that did not finish as an artifact. */
export async function leavePartial(): Promise<void> {
  const name = getState('partial');
  if (name === '') return;
  const context = await readContext(process.env);
  const folder = await mkdtemp(join(context.temporary, 'robustness-partial-'));
  const file = join(folder, FILE);
  const images = await packCache(cacheDirectory(context), file);
  if (images === 0) return;
  await uploadFile(file, { context, name, retentionDays: 1 });
  const { size } = await stat(file);
  info(
    `${images} finished images are kept (${name}, ${size} bytes): “Re-run failed jobs” goes on from there`,
  );
}
