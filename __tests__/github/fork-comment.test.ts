import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import type { Context, FinishedRun } from '../../src/github/context.ts';
import { commentForFork } from '../../src/github/fork-comment.ts';
import { readInputs } from '../../src/github/inputs.ts';
import { createOctokit } from '../../src/github/octokit.ts';
import { writeExchange } from '../../src/report/exchange.ts';
import { startServer, type TestServer } from '../e2e/server/server.ts';
import {
  addArtifact,
  addCommit,
  addRun,
  emptyState,
  type ServerState,
} from '../e2e/server/state.ts';
import { pullRequestContext } from '../helpers/pull-request.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';
import { zipOf } from '../helpers/zip.ts';
import { regressedReport } from '../report/fixtures.ts';

const FORK = 666;
let state: ServerState;
let server: TestServer;
let base: string;
let head: string;
let run: number;

beforeEach(async () => {
  state = emptyState();
  base = addCommit(state, 'main');
  head = addCommit(state, 'of the fork', base);
  run = addRun(state, {
    event: 'pull_request',
    branch: 'patch',
    sha: head,
    status: 'completed',
    headRepositoryId: FORK,
  }).id;
  state.pulls.push(pull(7));
  server = await startServer(state);
});

afterEach(() => server[Symbol.asyncDispose]());

function pull(number: number, changes: Partial<ServerState['pulls'][number]> = {}) {
  return {
    number,
    open: true,
    owner: 'mallory',
    branch: 'patch',
    head,
    repositoryId: FORK,
    ...changes,
  };
}

function verdictText(pullRequest = 7, name = 'site'): string {
  return writeExchange(regressedReport({ name }), {
    pullRequest,
    policy: GatePolicySchema.parse({}),
    failWithoutBaseline: false,
    trainedWith: [],
  });
}

function leaveVerdict(text = verdictText(), name = 'robustness-verdict-site'): void {
  addArtifact(state, run, name, zipOf([{ name: 'verdict.json', content: Buffer.from(text) }]));
}

interface Changes {
  readonly finished?: Partial<FinishedRun>;
  readonly workflows?: string;
}

async function comment({ finished = {}, workflows = 'robustness.yml' }: Changes = {}) {
  const finishedRun: FinishedRun = {
    id: run,
    run_attempt: 1,
    event: 'pull_request',
    path: '.github/workflows/robustness.yml',
    head_sha: head,
    head_branch: 'patch',
    head_repository: { id: FORK, owner: { login: 'mallory' } },
    ...finished,
  };
  const context: Context = pullRequestContext(state, server, base, {
    event: 'workflow_run',
    pullRequest: null,
    finishedRun,
    temporary: await temporaryDirectory(),
  });
  const inputs = readInputs(
    (name) => (name === 'baseline-workflows' ? workflows : ''),
    context.workspace,
  );
  await commentForFork(
    createOctokit('ghs_full', server.url, () => {}),
    context,
    inputs,
    '2026-11-25',
  );
}

describe('the comment on a fork’s pull request', () => {
  it('is written by the second workflow, and says whose word it is', async () => {
    leaveVerdict();
    await comment();
    const [written] = state.comments;
    expect(written).toMatchObject({ issue: 7, author: 'github-actions[bot]' });
    expect(written?.body).toMatch(/^<!-- robustness-gate:v1 name=site run=\d+\.1 sha=\w{40} -->/);
    expect(written?.body).toContain(
      `> Reported by the [fork’s own run](${server.site}/octo/site/actions/runs/${run})`,
    );
    expect(written?.body).toContain('### ❌ Regressed');
  });

  it('is one, however often it is written', async () => {
    leaveVerdict();
    await comment();
    await comment();
    expect(state.comments).toHaveLength(1);
  }, 20_000);

  it('is one for each gate', async () => {
    leaveVerdict();
    leaveVerdict(verdictText(7, 'night'), 'robustness-verdict-night');
    await comment();
    expect(state.comments.map(({ body }) => / name=(\w+) /.exec(body)?.[1])).toEqual([
      'night',
      'site',
    ]);
    // The client leaves three seconds between two comments.
  }, 20_000);

  it('belongs to the pull request that GitHub names, not to the one that the artifact names', async () => {
    state.pulls.push(pull(8, { owner: 'victim', repositoryId: 555 }));
    leaveVerdict(verdictText(8));
    await comment();
    expect(state.comments.map(({ issue }) => issue)).toEqual([7]);
  });

  it('is chosen by the artifact’s number only among those with this very commit', async () => {
    state.pulls.push(pull(9));
    leaveVerdict(verdictText(9));
    await comment();
    expect(state.comments.map(({ issue }) => issue)).toEqual([9]);
  });

  it.each<[string, Parameters<typeof pull>[1]]>([
    ['has a newer commit', { head: 'f'.repeat(40) }],
    ['is closed', { open: false }],
    ['is of another repository', { repositoryId: 1 }],
  ])('is not written where the pull request %s', async (_, changes) => {
    state.pulls.splice(0, 1, pull(7, changes));
    leaveVerdict();
    await comment();
    expect(state.comments).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['markdown', () => leaveVerdict('# All is well')],
    ['another gate’s', () => leaveVerdict(verdictText(7, 'other'), 'robustness-verdict-site')],
    [
      'a bomb',
      () =>
        addArtifact(
          state,
          run,
          'robustness-verdict-site',
          zipOf([{ name: 'verdict.json', content: Buffer.alloc(1 << 22) }]),
        ),
    ],
    [
      'another file',
      () =>
        addArtifact(
          state,
          run,
          'robustness-verdict-site',
          zipOf([{ name: 'index.js', content: Buffer.from('evil') }]),
        ),
    ],
  ])('is not written from an artifact that is %s', async (_, leave) => {
    leave();
    await comment();
    expect(state.comments).toEqual([]);
  });

  it('is not written for a workflow of the same name in another file', async () => {
    leaveVerdict();
    const path = '.github/workflows/evil.yml';
    expect(await gateErrorOf(() => comment({ finished: { path } }))).toContain('only the file');
    expect(state.comments).toEqual([]);
  });

  it('needs to be told whose verdicts count', async () => {
    expect(await gateErrorOf(() => comment({ workflows: '' }))).toContain('baseline-workflows');
  });

  it('is left alone after a push', async () => {
    leaveVerdict();
    await comment({ finished: { event: 'push' } });
    expect(state.comments).toEqual([]);
  });
});
