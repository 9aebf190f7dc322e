import { bundleFolder } from '../helpers/bundle.ts';
import { findNode24 } from './node24.ts';
import { runStep, type Step, type StepResult } from './runner.ts';
import { scratch } from './scratch.ts';
import { startServer } from './server/server.ts';
import { addCommit, addRun, emptyState, type RunRecord, type ServerState } from './server/state.ts';
import { configText, exampleModel, makeWorkspace, type WorkspaceOptions } from './workspace.ts';

export const MINUTES = 60_000;

/** Enough images for a verdict, and the three changes under which A is worse than B. */
export const judged: WorkspaceOptions = {
  images: 60,
  perturbations: '[gaussian_noise, gaussian_blur, darkness, contrast, rotation, horizontal_flip]',
};

/** Where only what GitHub does matters. */
export const small: WorkspaceOptions = { images: 6, perturbations: '[contrast]' };

/** The machine that a job runs on. */
export interface Place {
  readonly node: string;
  readonly bundle: string;
  readonly toolCache: string;
}

export async function makePlace(): Promise<Place> {
  return { node: await findNode24(), bundle: bundleFolder, toolCache: await scratch('tools') };
}

export async function exampleModels(): Promise<{ a: Uint8Array; b: Uint8Array }> {
  return { a: await exampleModel('a'), b: await exampleModel('b') };
}

/** The commit that main is at. */
export const main = addCommit(emptyState(), 'main');

/** main is at one commit, and GitHub knows nothing else. */
export function freshRepository(): ServerState {
  const state = emptyState();
  addCommit(state, 'main');
  return state;
}

export interface Event {
  readonly run: Parameters<typeof addRun>[1];
  readonly payload: object;
  readonly ref: string;
}

export type StepOptions = Partial<
  Pick<Step, 'inputs' | 'attempt' | 'cancelAt' | 'environment' | 'temporary'>
> & {
  readonly at: Place;
  /** Goes on in a run that there is: another job or attempt of it. */
  readonly in?: RunRecord;
};

/** One step of the gate in a job of its own. */
export async function step(
  state: ServerState,
  workspace: string,
  { run: wanted, payload, ref }: Event,
  { at, in: known, inputs = {}, ...options }: StepOptions,
): Promise<StepResult> {
  await using server = await startServer(state);
  const run = known ?? addRun(state, wanted);
  const all = { ...at, ...options, server, state, run, workspace, inputs, payload, ref };
  // The server is there until the step has ended.
  return await runStep(all);
}

export type Options = StepOptions & { readonly size: WorkspaceOptions };

export const pushEvent: Event = {
  run: { event: 'push', branch: 'main', sha: main },
  payload: {},
  ref: 'refs/heads/main',
};

/** A push to main that leaves its baseline. */
export async function pushMain(
  state: ServerState,
  model: Uint8Array,
  { size, ...options }: Options,
  event: Event = pushEvent,
): Promise<StepResult> {
  state.files.set(`${main}:robustness.yml`, Buffer.from(configText(size)));
  return step(state, await makeWorkspace(model, size), event, options);
}

/** A pull request: its head on top of main, and the merge commit that GitHub checks out. */
export function pullRequestEvent(
  state: ServerState,
  commit = 'promote',
  fork?: number,
): Event & { readonly head: string } {
  const head = addCommit(state, commit, main);
  const sha = addCommit(state, `merge ${commit}`, main, head);
  const repository = fork ?? state.repositoryId;
  return {
    head,
    run: { event: 'pull_request', branch: 'promote', sha, headRepositoryId: repository },
    payload: {
      pull_request: {
        number: 7,
        head: { sha: head, repo: { id: repository } },
        base: { sha: main, ref: 'main' },
      },
    },
    ref: 'refs/pull/7/merge',
  };
}

export async function pullRequest(
  state: ServerState,
  model: Uint8Array,
  { size, commit, ...options }: Options & { readonly commit?: string },
): Promise<StepResult> {
  const event = pullRequestEvent(state, commit);
  return step(state, await makeWorkspace(model, size), event, options);
}

export function artifactNames(state: ServerState): string[] {
  return state.artifacts.map(({ name }) => name);
}
