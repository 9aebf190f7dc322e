import { relative } from 'node:path';
import type { BaselineLookup } from '../baseline/lookup.ts';
import { RUN_FILES } from '../baseline/read.ts';
import { GateError } from '../errors.ts';
import { short } from '../report/format.ts';
import { fetchCommitted, isCommitted } from './committed.ts';
import { type Context, leavesBaseline } from './context.ts';
import { type Octokit, requestProblem } from './octokit.ts';
import { wantedCommit } from './runs.ts';

/**
 * Finds the run directory of `gate.reference`. On a pull request it is main's, whatever the pull request makes
 * of it, and absent where main has none; elsewhere it is as it lies.
 *
 * @param directory Absolute path.
 * @throws GateError when GitHub cannot be asked.
 */
export async function findReference(
  octokit: Octokit,
  context: Context,
  directory: string,
): Promise<BaselineLookup> {
  const path = relative(context.workspace, directory);
  const source = { description: `directory ${path}`, commit: null, url: null, distance: null };
  if (leavesBaseline(context)) return { kind: 'found', directory, source };
  try {
    const commit = await wantedCommit(octokit, context);
    const committed = await fetchCommitted(octokit, context, directory, commit);
    if (committed !== null) {
      return { kind: 'found', directory: committed, source: { ...source, commit, distance: 0 } };
    }
    if (await isCommitted(octokit, context, directory, commit)) {
      throw new GateError('run-directory', {
        message: `gate.reference, ${path} in ${short(commit)}, is not whole`,
        fix: `commit all of ${RUN_FILES.join(', ')} there`,
      });
    }
    const reason = `${path} is not in ${short(commit)}: a reference counts from its merge on`;
    return { kind: 'absent', reasons: [reason] };
  } catch (error) {
    if (error instanceof GateError) throw error;
    throw new GateError(
      'github',
      {
        message: `could not look for gate.reference: ${requestProblem(error)}`,
        fix: 'give the job `permissions: {contents: read}`, and run it again if GitHub was down',
      },
      { cause: error },
    );
  }
}
