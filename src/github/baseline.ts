import { join, relative } from 'node:path';
import type { BaselineLookup } from '../baseline/lookup.ts';
import { readRun, RUN_FILES } from '../baseline/read.ts';
import { GateError, messageOf } from '../errors.ts';
import { short } from '../report/format.ts';
import { fetchCommitted, isCommitted } from './committed.ts';
import { baselineBranches, type Context, leavesBaseline } from './context.ts';
import { downloadArtifact } from './download.ts';
import type { BaselineInput } from './inputs.ts';
import { goodNight } from './nightly.ts';
import { type Octokit, requestProblem, statusOf } from './octokit.ts';
import {
  ancestorDistance,
  baselineRuns,
  ownRun,
  trustedEvent,
  wantedCommit,
  type WorkflowRun,
} from './runs.ts';

/** Runs whose artifact is looked for, nearest first: some were cancelled and left none. */
const MAX_TRIED = 10;
const LIMITS = { files: RUN_FILES, bytes: 4 * 2 ** 30, ratio: 200 } as const;

/** Name of the artifact that holds the baseline of a gate. */
export function baselineArtifact(name: string): string {
  return `robustness-baseline-${name}`;
}

export interface BaselineSearch {
  readonly octokit: Octokit;
  readonly context: Context;
  readonly input: BaselineInput;
  /** Workflow files that leave baselines; empty for this run's own. */
  readonly workflows: readonly string[];
  /** Folder of the config, absolute. */
  readonly directory: string;
}

/** Where a baseline may be committed, relative to the config's folder. */
function committedBaseline(name: string): string {
  return `.robustness/baseline/${name}`;
}

/**
 * Finds the baseline of a gate: the one named by the input, or else the one that the nearest ancestor on the base
 * branch or the default one left as an artifact, or else the one that is committed. Every candidate that was refused is told
 * with its reason.
 *
 * @param name Name of the gate.
 * @throws GateError when GitHub cannot be asked, or when a baseline that was named cannot be used.
 */
export async function findBaseline(search: BaselineSearch, name: string): Promise<BaselineLookup> {
  const { input } = search;
  try {
    if (input.kind === 'directory') return await namedDirectory(search, input.directory);
    if (input.kind === 'run') return await namedRun(search, name, input.run);
    return (await goodNightsRun(search, name)) ?? (await nearestRun(search, name));
  } catch (error) {
    if (error instanceof GateError) throw error;
    throw new GateError(
      'github',
      {
        message: `could not look for the baseline: ${requestProblem(error)}`,
        fix: 'give the job `permissions: {contents: read, actions: read}`, and run it again if GitHub was down',
      },
      { cause: error },
    );
  }
}

/** At night, while an issue is open: the baseline of the last good night. Where it is gone, the nearest counts. */
async function goodNightsRun(search: BaselineSearch, name: string): Promise<BaselineLookup | null> {
  const { octokit, context } = search;
  if (context.event !== 'schedule') return null;
  const { owner, repo } = context;
  try {
    const id = await goodNight(octokit, context, name);
    if (id === null) return null;
    const { data: run } = await octokit.rest.actions.getWorkflowRun({ owner, repo, run_id: id });
    if (!ownRun(run, context) || !trustedEvent(run)) return null;
    const found = await openRun(search, name, run, null);
    return found.kind === 'found' ? found : null;
  } catch {
    // Without `issues: read`, or with the run deleted, the night is held against the one before.
    return null;
  }
}

async function nearestRun(search: BaselineSearch, name: string): Promise<BaselineLookup> {
  const { octokit, context } = search;
  const workflows = search.workflows.length > 0 ? search.workflows : ownWorkflow(context);
  const reasons: string[] = [];
  const reject = (reason: string): void => void reasons.push(reason);
  const wanted = await wantedCommit(octokit, context);
  const runs = await baselineRuns(octokit, context, wanted, workflows, reject);
  for (const run of runs.slice(0, MAX_TRIED)) {
    const distance = await ancestorDistance(octokit, context, run.head_sha, wanted);
    if (distance === null) {
      reject(`run ${run.id}: its commit ${short(run.head_sha)} is no ancestor of ${short(wanted)}`);
      continue;
    }
    const found = await openRun(search, name, run, distance);
    if (found.kind === 'found') return found;
    reasons.push(...found.reasons);
  }
  if (runs.length === 0)
    reasons.unshift(
      `no finished run of ${workflows.join(', ')} on ${baselineBranches(context).join(' or ')} is known`,
    );
  const committed = await committedRun(search, name, wanted);
  if (committed.kind === 'found') return committed;
  reasons.push(...committed.reasons);
  if (!leavesBaseline(context)) reasons.push(howToMakeOne(context, workflows));
  return { kind: 'absent', reasons };
}

/** A baseline in git never expires, needs no artifact service and was reviewed: it is read at the wanted commit. */
async function committedRun(
  { octokit, context, directory }: BaselineSearch,
  name: string,
  commit: string,
): Promise<BaselineLookup> {
  const folder = join(directory, committedBaseline(name));
  const path = relative(context.workspace, folder);
  const found = await fetchCommitted(octokit, context, folder, commit);
  if (found === null) return { kind: 'absent', reasons: [`${path} is not in ${short(commit)}`] };
  try {
    await readRun(found);
  } catch (error) {
    return { kind: 'absent', reasons: [`${path} in ${short(commit)}: ${messageOf(error)}`] };
  }
  const source = { description: `${path} in git`, commit, url: null, distance: null };
  return { kind: 'found', directory: found, source };
}

/**
 * On a pull request a directory in git is main's, else whoever changes it sets their own bar. One that is in
 * neither was made by an earlier step of the workflow.
 */
async function namedDirectory(
  { octokit, context }: BaselineSearch,
  directory: string,
): Promise<BaselineLookup> {
  const description = `directory ${directory}`;
  const source = { description, commit: null, url: null, distance: null };
  if (leavesBaseline(context)) return { kind: 'found', directory, source };
  const commit = await wantedCommit(octokit, context);
  const committed = await fetchCommitted(octokit, context, directory, commit);
  if (committed === null) {
    return (await isCommitted(octokit, context, directory, context.sha))
      ? {
          kind: 'absent',
          reasons: [`${description} is brought by this pull request: ${short(commit)} has none`],
        }
      : { kind: 'found', directory, source };
  }
  return { kind: 'found', directory: committed, source: { ...source, commit, distance: 0 } };
}

async function namedRun(search: BaselineSearch, name: string, id: number): Promise<BaselineLookup> {
  const { octokit, context } = search;
  const { owner, repo } = context;
  const refuse = (reasons: readonly string[]): never => {
    throw new GateError('github', {
      message: `the baseline run ${id} cannot be used: ${reasons.join('; ')}`,
      fix: `name a run of this repository that has the artifact ${baselineArtifact(name)}, or leave the input \`baseline\` out`,
    });
  };
  const run = await octokit.rest.actions.getWorkflowRun({ owner, repo, run_id: id }).then(
    ({ data }) => data,
    (error: unknown) => {
      if (statusOf(error) === 404) return refuse(['there is no such run']);
      throw error;
    },
  );
  if (!ownRun(run, context)) return refuse(['it is of another repository (a fork?)']);
  if (!trustedEvent(run))
    return refuse([`it is of a ${run.event}, whose code nobody has reviewed`]);
  const found = await openRun(search, name, run, null);
  return found.kind === 'found' ? found : refuse(found.reasons);
}

/** Downloads a run's baseline and checks that it is one. */
async function openRun(
  { octokit, context }: BaselineSearch,
  name: string,
  run: WorkflowRun,
  distance: number | null,
): Promise<BaselineLookup> {
  try {
    const directory = await downloadArtifact(octokit, context, {
      name: baselineArtifact(name),
      run: run.id,
      headRepository: context.repositoryId,
      limits: LIMITS,
    });
    await readRun(directory);
    const source = {
      description: `run ${run.run_number} on ${run.head_branch}`,
      commit: run.head_sha,
      url: run.html_url,
      distance,
      run: run.id,
    };
    return { kind: 'found', directory, source };
  } catch (error) {
    return { kind: 'absent', reasons: [`run ${run.id}: ${messageOf(error)}`] };
  }
}

function ownWorkflow({ workflow }: Context): readonly string[] {
  if (workflow !== null) return [workflow];
  throw new GateError('github', {
    message: 'GITHUB_WORKFLOW_REF does not say which workflow this is',
    fix: 'set the input `baseline-workflows` to the workflow that runs on the default branch',
  });
}

function howToMakeOne({ baseBranch }: Context, workflows: readonly string[]): string {
  return `to make one, let ${workflows.join(', ')} run on \`push\` to ${baseBranch} too: its first run leaves it`;
}
