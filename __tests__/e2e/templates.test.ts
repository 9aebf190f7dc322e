import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  artifactNames,
  type Event,
  exampleModels,
  freshRepository,
  judged,
  main,
  makePlace,
  MINUTES,
  type Place,
  pullRequestEvent,
  pushEvent,
  small,
} from './scenario.ts';
import { removeScratch } from './scratch.ts';
import { addCommit, type ServerState } from './server/state.ts';
import { runTemplate, type WorkflowResult } from './workflow.ts';
import { configText, makeWorkspace } from './workspace.ts';

let at: Place;
let models: { a: Uint8Array; b: Uint8Array };

beforeAll(async () => {
  at = await makePlace();
  models = await exampleModels();
}, 3 * MINUTES);

afterAll(removeScratch);

function repository(size = small): ServerState {
  const state = freshRepository();
  state.files.set(`${main}:robustness.yml`, Buffer.from(configText(size)));
  return state;
}

const verdictsOf = ({ gates }: WorkflowResult): (string | undefined)[] =>
  [...gates.values()].flat().map(({ outputs }) => outputs['verdict']);

const permissionProblems = ({ gates }: WorkflowResult): string[] =>
  [...gates.values()]
    .flat()
    .flatMap(({ log }) => log.match(/^.*(?:may not|not accessible|permission).*$/gm) ?? []);

describe('docs/workflows/gate.yml', () => {
  it(
    'leaves a baseline and a cache of main, comments on a pull request, and judges the queue',
    async () => {
      const state = repository();
      const caches = new Map<string, string>();
      const on = { at, state, caches };
      const b = await makeWorkspace(models.b, small);
      const pushed = await runTemplate('gate.yml', pushEvent, { ...on, workspace: b });
      expect(verdictsOf(pushed)).toEqual(['no-baseline']);
      expect(artifactNames(state)).toContain('robustness-baseline-site');
      expect(pushed.others).toEqual([
        'checkout',
        'restore nothing',
        `save robustness-Linux-X64-${main}`,
      ]);

      const event = pullRequestEvent(state);
      const again = await runTemplate('gate.yml', pushEvent, { ...on, workspace: b });
      // Main's own cache: nothing is predicted twice.
      expect(again.gates.get('gate')?.[0]?.log).not.toMatch(/images\/s/);
      const a = await makeWorkspace(models.a, small);
      const pull = await runTemplate('gate.yml', event, { ...on, workspace: a });
      expect(pull.others).toEqual(['checkout', expect.stringMatching(/^restore robustness-/)]);
      expect(caches.size).toBe(1);
      expect(state.comments).toHaveLength(1);

      const queue: Event = {
        run: {
          event: 'merge_group',
          branch: 'gh-readonly-queue/main/pr-7',
          sha: addCommit(state, 'queued', main),
        },
        payload: { merge_group: { base_sha: main, base_ref: 'refs/heads/main' } },
        ref: 'refs/heads/gh-readonly-queue/main/pr-7',
      };
      const queued = await runTemplate('gate.yml', queue, { ...on, workspace: b });
      expect(verdictsOf(queued)).toEqual(['pass']);
      for (const result of [pushed, again, pull, queued]) {
        expect(permissionProblems(result)).toEqual([]);
      }
    },
    4 * MINUTES,
  );
});

describe('docs/workflows/fork-comment.yml', () => {
  const finished = (
    { run }: WorkflowResult,
    owner: string,
    branch: string,
    head: string,
  ): Event => ({
    run: { event: 'workflow_run', branch: 'main', sha: main },
    payload: {
      workflow_run: {
        id: run.id,
        run_attempt: 1,
        event: run.event,
        path: run.path,
        head_sha: head,
        head_branch: branch,
        head_repository: { id: run.headRepositoryId, owner: { login: owner } },
      },
    },
    ref: 'refs/heads/main',
  });

  it.each<[string, number | undefined, string, number]>([
    ['a fork', 666, 'promote', 1],
    ['Dependabot', undefined, 'dependabot/pip/x-1', 1],
    ['everybody else: their own runs do', undefined, 'promote', 0],
  ])(
    'comments for %s',
    async (_, fork, branch, comments) => {
      const state = repository();
      const workspace = await makeWorkspace(models.b, small);
      const on = { at, state, workspace, caches: new Map<string, string>() };
      const event = pullRequestEvent(state, 'promote', fork);
      const judgedRun = await runTemplate('gate.yml', event, { ...on, readOnly: true });
      expect(verdictsOf(judgedRun)).toEqual(['no-baseline']);
      expect(artifactNames(state)).toContain('robustness-verdict-site');
      expect(state.comments).toEqual([]);
      const [owner, repositoryId] =
        fork === undefined ? ['octo', state.repositoryId] : ['mallory', fork];
      state.pulls.push({ number: 7, open: true, owner, branch, head: event.head, repositoryId });
      const told = await runTemplate(
        'fork-comment.yml',
        finished(judgedRun, owner, branch, event.head),
        on,
      );
      expect(told.others).toEqual([]);
      expect(state.comments).toHaveLength(comments);
      expect(permissionProblems(told)).toEqual([]);
    },
    2 * MINUTES,
  );
});

describe('docs/workflows/nightly.yml', () => {
  it(
    'leaves a baseline each night and opens an issue for one that is worse',
    async () => {
      const state = repository(judged);
      const night: Event = { ...pushEvent, run: { ...pushEvent.run, event: 'schedule' } };
      const verdicts: (string | undefined)[] = [];
      for (const model of [models.b, models.a]) {
        const workspace = await makeWorkspace(model, judged);
        const result = await runTemplate('nightly.yml', night, {
          at,
          state,
          workspace,
          caches: new Map(),
        });
        verdicts.push(...verdictsOf(result));
        expect(permissionProblems(result)).toEqual([]);
      }
      expect(verdicts).toEqual(['no-baseline', 'regressed']);
      expect(state.issues).toHaveLength(1);
    },
    4 * MINUTES,
  );
});

describe('docs/workflows/shards.yml', () => {
  it(
    'joins what its jobs have made, leaves a baseline of main and comments on a pull request',
    async () => {
      const state = repository();
      const on = { at, state, caches: new Map<string, string>() };
      const b = await makeWorkspace(models.b, small);
      const pushed = await runTemplate('shards.yml', pushEvent, { ...on, workspace: b });
      expect(pushed.gates.get('part')?.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
      expect(pushed.gates.get('gate')?.map(({ outputs }) => outputs['verdict'])).toEqual([
        'no-baseline',
      ]);
      expect(artifactNames(state)).toContain('robustness-baseline-site');
      const a = await makeWorkspace(models.a, small);
      const pull = await runTemplate('shards.yml', pullRequestEvent(state), {
        ...on,
        workspace: a,
      });
      expect(pull.gates.get('gate')?.[0]?.log).toContain('run 1 on main');
      expect(state.comments).toHaveLength(1);
      for (const result of [pushed, pull]) expect(permissionProblems(result)).toEqual([]);
    },
    5 * MINUTES,
  );
});
