import { BASELINE_EVENTS, baselineBranches, type Context } from './context.ts';
import type { Octokit } from './octokit.ts';

/** A workflow run as GitHub tells of it. */
export type WorkflowRun = Awaited<ReturnType<Octokit['rest']['actions']['getWorkflowRun']>>['data'];

const RUNS_PER_EVENT = 50;
/** Commits before the wanted one that are looked at for the nearest baseline. */
const ANCESTORS = 100;

/**
 * The commit whose baseline is wanted: what the tree under test was built on.
 *
 * @returns On a pull request the first parent of the merge commit that is checked out (its base may be stale),
 *          in a merge queue the queue's base, else this run's own commit.
 */
export async function wantedCommit(octokit: Octokit, context: Context): Promise<string> {
  const { owner, repo, pullRequest } = context;
  if (context.mergeGroupBase !== null) return context.mergeGroupBase;
  if (pullRequest === null) return context.sha;
  const { data } = await octokit.rest.repos.getCommit({ owner, repo, ref: context.sha });
  const [parent] = data.parents;
  if (parent && data.parents.length > 1) return parent.sha;
  const basehead = `${pullRequest.base}...${pullRequest.head}`;
  const comparison = await octokit.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead });
  return comparison.data.merge_base_commit.sha;
}

/**
 * Finished runs on the base branch and the default one that may have left a baseline, the nearest to `wanted` first.
 * GitHub filters by branch and event, so that a flood of other runs cannot push them off the page.
 *
 * @param workflows Their workflow files, `.github/workflows/x.yml`.
 * @param reject    Told of every run that is not to be trusted.
 */
export async function baselineRuns(
  octokit: Octokit,
  context: Context,
  wanted: string,
  workflows: readonly string[],
  reject: (reason: string) => void,
): Promise<WorkflowRun[]> {
  const { owner, repo } = context;
  const runs: WorkflowRun[] = [];
  const wantedRuns = workflows.flatMap((workflow) =>
    baselineBranches(context).flatMap((branch) =>
      BASELINE_EVENTS.map((event) => ({ workflow, branch, event })),
    ),
  );
  for (const { workflow, branch, event } of wantedRuns) {
    const { data } = await octokit.rest.actions.listWorkflowRuns({
      owner,
      repo,
      workflow_id: workflow.slice(workflow.lastIndexOf('/') + 1),
      branch,
      event,
      status: 'completed',
      exclude_pull_requests: true,
      per_page: RUNS_PER_EVENT,
    });
    runs.push(...data.workflow_runs);
  }
  const trusted = runs.filter((run) => {
    if (run.id === context.runId) return false;
    const reason = distrust(run, context, workflows);
    if (reason !== null) reject(`run ${run.id}: ${reason}`);
    return reason === null;
  });
  const { data: ancestors } = await octokit.rest.repos.listCommits({
    owner,
    repo,
    sha: wanted,
    per_page: ANCESTORS,
  });
  const distances = new Map(ancestors.map(({ sha }, index) => [sha, index]));
  const distance = ({ head_sha }: WorkflowRun): number => distances.get(head_sha) ?? ANCESTORS;
  // Never by an artifact's time: running an old run again makes a new artifact of an old commit.
  return trusted.sort((a, b) => distance(a) - distance(b) || b.run_number - a.run_number);
}

/** Why a run may not be the baseline's, by what it says itself; null when nothing speaks against it. */
function distrust(run: WorkflowRun, context: Context, workflows: readonly string[]): string | null {
  if (!ownRun(run, context)) return 'it is of another repository (a fork?)';
  if (!trustedEvent(run)) return `runs by ${run.event} may have worked on a pull request`;
  if (!baselineBranches(context).includes(run.head_branch ?? '')) {
    return `it is of branch ${run.head_branch}`;
  }
  if (run.status !== 'completed') return `it is ${run.status}`;
  return namedWorkflow(run, workflows) ? null : `it is of the workflow ${run.path}`;
}

/** Whether a run is of one of these workflow files; GitHub may write `@ref` behind the path. */
export function namedWorkflow(
  { path }: Pick<WorkflowRun, 'path'>,
  workflows: readonly string[],
): boolean {
  return workflows.includes(path.split('@')[0] ?? '');
}

/** Whether a run is of this repository, its code included. */
export function ownRun(run: WorkflowRun, { repositoryId }: Context): boolean {
  return run.repository.id === repositoryId && run.head_repository?.id === repositoryId;
}

/** Whether a run's event never hands it a pull request's code. */
export function trustedEvent({ event }: WorkflowRun): boolean {
  return BASELINE_EVENTS.some((known) => known === event);
}

/**
 * How many commits `commit` is behind `wanted`; null when it is no ancestor of it (a tag or a rewritten branch
 * of the same name, say).
 */
export async function ancestorDistance(
  octokit: Octokit,
  { owner, repo }: Context,
  commit: string,
  wanted: string,
): Promise<number | null> {
  if (commit === wanted) return 0;
  const basehead = `${commit}...${wanted}`;
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    owner,
    repo,
    basehead,
    per_page: 1,
  });
  return data.status === 'ahead' || data.status === 'identical' ? data.ahead_by : null;
}
