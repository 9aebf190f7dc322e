import { relative, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import type { BaseConfig } from '../config/integrity.ts';
import { MAX_CONFIG_BYTES, parseConfig } from '../config/load.ts';
import { GateError } from '../errors.ts';
import { isInside } from '../paths.ts';
import { committedFile } from './committed.ts';
import type { Context } from './context.ts';
import { type Octokit, requestProblem } from './octokit.ts';
import { wantedCommit } from './runs.ts';

/**
 * The config as it is in the commit that a pull request (or a merge queue's group) is built on.
 *
 * @param file Absolute path of the pull request's own config.
 * @throws GateError when GitHub cannot be asked, or when that config cannot be read: then nobody knows the bar.
 */
export async function readBaseConfig(
  octokit: Octokit,
  context: Context,
  file: string,
): Promise<BaseConfig> {
  const { pullRequest, mergeGroupBase, workspace } = context;
  if (pullRequest === null && mergeGroupBase === null) return { kind: 'none' };
  // The pipe refuses a config outside the workspace.
  if (!isInside(file, workspace)) return { kind: 'none' };
  const path = relative(workspace, file).split(sep).join('/');
  try {
    const commit = await wantedCommit(octokit, context);
    const body = await committedFile(octokit, context, path, commit);
    const description = `the base commit ${commit.slice(0, 7)}`;
    if (body === null) return { kind: 'absent', description };
    const content = await text(body);
    const place = `${path} at ${description}`;
    if (content.length > MAX_CONFIG_BYTES) {
      throw new GateError('config', { message: `${place} is larger than any config` });
    }
    return { kind: 'found', description, config: parseConfig(content, place) };
  } catch (error) {
    if (error instanceof GateError) throw error;
    throw new GateError(
      'github',
      {
        message: `could not read the base commit’s config: ${requestProblem(error)}`,
        fix: 'give the job `permissions: {contents: read}`, and run it again if GitHub was down',
      },
      { cause: error },
    );
  }
}
