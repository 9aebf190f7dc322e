import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { info, warning } from '@actions/core';
import { GateError, messageOf } from '../errors.ts';
import { link } from '../report/escape.ts';
import { readExchange } from '../report/exchange.ts';
import { renderComment } from '../report/reporters/comment.ts';
import type { Report } from '../report/report.ts';
import { VERDICT_ARTIFACT, VERDICT_FILE } from './artifact.ts';
import { isWorthAComment, writeComment } from './comment.ts';
import { type Context, type FinishedRun, runUrl } from './context.ts';
import { downloadArtifact, listArtifacts } from './download.ts';
import type { Inputs } from './inputs.ts';
import type { Octokit } from './octokit.ts';
import { namedWorkflow } from './runs.ts';

/** Gates of one repository that a fork's run may speak for. */
const MAX_GATES = 10;
const LIMITS = { files: [VERDICT_FILE], bytes: 64 * 2 ** 20, ratio: 200 } as const;

interface PullRequest {
  readonly number: number;
  readonly head: string;
}

/**
 * Comments on a pull request whose own run may not, a fork's or Dependabot's: what that run says is judged and rendered here anew.
 * Nothing of the fork's is run, shown as it came, or believed of where it belongs.
 *
 * @param today ISO date, for waivers.
 * @throws GateError when this run is not set up for it.
 */
export async function commentForFork(
  octokit: Octokit,
  context: Context,
  inputs: Inputs,
  today: string,
): Promise<void> {
  const run = finishedRun(context, inputs.baselineWorkflows);
  if (run.event !== 'pull_request') {
    info(`the run ${run.id} is of a ${run.event}: it comments itself`);
    return;
  }
  const candidates = await openPullRequests(octokit, context, run);
  if (candidates.length === 0) {
    info(`no open pull request has ${run.head_sha} as its head: there may be a newer commit`);
    return;
  }
  const artifacts = await listArtifacts(octokit, context, run.id);
  const names = [...new Set(artifacts.map(({ name }) => name))]
    .filter((name) => name.startsWith(VERDICT_ARTIFACT))
    .sort();
  if (names.length === 0) info(`the run ${run.id} left no verdict: it could comment itself`);
  for (const name of names.slice(0, MAX_GATES)) {
    try {
      await commentOnce({ octokit, context, inputs, run, candidates, today }, name);
    } catch (error) {
      warning(`${name} was not commented on: ${messageOf(error)}`);
    }
  }
}

/** The run that this one was started by, of the workflow that the input names. */
function finishedRun(context: Context, workflows: readonly string[]): FinishedRun {
  const { finishedRun: run } = context;
  if (run === null || run.head_repository === null) {
    throw new GateError('github', { message: 'the event tells of no run of a repository' });
  }
  if (workflows.length === 0) {
    throw new GateError('usage', {
      message: 'on workflow_run the input baseline-workflows says whose verdicts are commented',
      fix: 'set it to the workflow that runs the gate: `baseline-workflows: robustness.yml`',
    });
  }
  if (!namedWorkflow(run, workflows)) {
    throw new GateError('github', {
      message: `the run ${run.id} is of the workflow ${run.path}, not of ${workflows.join(', ')}`,
      fix: 'a workflow of the same name may be a pull request’s own: only the file counts',
    });
  }
  return run;
}

/** Open pull requests here whose head is the very commit, branch and repository that GitHub says the run was of. */
async function openPullRequests(
  octokit: Octokit,
  { owner, repo, repositoryId }: Context,
  { head_repository: from, head_branch: branch, head_sha: sha }: FinishedRun,
): Promise<PullRequest[]> {
  if (from === null || branch === null) return [];
  const head = `${from.owner.login}:${branch}`;
  const { data } = await octokit.rest.pulls.list({ owner, repo, state: 'open', head });
  return data
    .filter((pull) => pull.head.sha === sha && pull.head.repo?.id === from.id)
    .filter((pull) => pull.base.repo.id === repositoryId)
    .map((pull) => ({ number: pull.number, head: pull.head.sha }));
}

interface Target {
  readonly octokit: Octokit;
  readonly context: Context;
  readonly inputs: Inputs;
  readonly run: FinishedRun;
  readonly candidates: readonly PullRequest[];
  readonly today: string;
}

async function commentOnce(target: Target, artifact: string): Promise<void> {
  const { octokit, context, inputs, run, candidates, today } = target;
  const folder = await downloadArtifact(octokit, context, {
    name: artifact,
    run: run.id,
    headRepository: run.head_repository?.id ?? 0,
    limits: LIMITS,
  });
  const text = await readFile(join(folder, VERDICT_FILE), 'utf8');
  const told = readExchange(text, today);
  if (artifact !== `${VERDICT_ARTIFACT}${told.report.name}`) {
    throw new Error('it speaks for a gate of another name');
  }
  // What the fork says is only used to choose among those that GitHub says it can be.
  const pull =
    candidates.length === 1
      ? candidates[0]
      : candidates.find(({ number }) => number === told.pullRequest);
  if (!pull) throw new Error('it is of none of the pull requests with this commit');
  const url = runUrl({ ...context, runId: run.id });
  const report: Report = { ...told.report, links: { report: null, run: url } };
  const written = await writeComment(
    {
      octokit,
      context: { ...context, runId: run.id, runAttempt: run.run_attempt },
      pullRequest: pull,
      name: report.name,
    },
    `${sourceLine(url, run.head_repository?.id !== context.repositoryId)}\n\n${renderComment(report)}`,
    isWorthAComment(report, inputs.comment),
  );
  info(`comment on #${pull.number}: ${written}`);
}

/** Whose numbers these are: a fork's, or those of a pull request whose token may not comment (Dependabot's). */
function sourceLine(url: string, fork: boolean): string {
  const [whose, who] = fork
    ? ['fork’s own run', 'the fork']
    : ['pull request’s own run', 'the pull request'];
  return `> Reported by the ${link(whose, url)}, whose workflow ${who} could have changed.`;
}
