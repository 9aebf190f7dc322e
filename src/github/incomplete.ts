import { setTimeout as sleep } from 'node:timers/promises';
import { warning } from '@actions/core';
import { messageOf } from '../errors.ts';
import { incompleteComment, type Unfinished } from '../report/incomplete.ts';
import { type Context, runUrl } from './context.ts';
import { commentIfAllowed } from './deliver.ts';
import type { Inputs } from './inputs.ts';
import type { Octokit } from './octokit.ts';

/** The budget is used up: the comment may take this much more. */
const COMMENT_MS = 20_000;

/**
 * Says on the pull request that its run was ended by its time budget, in the place of the verdict. A shard says
 * nothing: the job that merges does, or fails. One that was cancelled neither: it has no time left.
 *
 * @param nameOf Gives the name of the gate.
 */
export async function commentUnfinished(
  unfinished: Unfinished,
  octokit: Octokit,
  context: Context,
  inputs: Inputs,
  nameOf: () => Promise<string>,
): Promise<void> {
  const { pullRequest } = context;
  const silent = inputs.comment === 'never' || inputs.shard?.kind === 'part';
  if (pullRequest === null || unfinished.budget === null || silent) return;
  const write = async (): Promise<void> => {
    const target = { octokit, context, pullRequest, name: await nameOf() };
    await commentIfAllowed(target, incompleteComment(unfinished, runUrl(context)), true);
  };
  try {
    const late = (): never => {
      throw new Error(`GitHub has not taken it in ${COMMENT_MS / 1000} seconds`);
    };
    await Promise.race([write(), sleep(COMMENT_MS, null, { ref: false }).then(late)]);
  } catch (error) {
    warning(`the comment was not written: ${messageOf(error)}`);
  }
}
