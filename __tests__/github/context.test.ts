import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkEvent, leavesBaseline, readContext, runUrl } from '../../src/github/context.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { folderOf } from '../helpers/tmp.ts';

const sha = 'a'.repeat(40);
const repository = { id: 1, default_branch: 'main' };

async function environment(
  payload: unknown,
  changes: NodeJS.ProcessEnv = {},
): Promise<NodeJS.ProcessEnv> {
  const folder = await folderOf({ 'event.json': JSON.stringify(payload) });
  return {
    GITHUB_REPOSITORY: 'octo/site',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_SHA: sha,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '77',
    GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/gate.yml@refs/heads/main',
    GITHUB_WORKSPACE: '/work',
    RUNNER_TEMP: '/tmp',
    ...changes,
  };
}

describe('the context of a run', () => {
  it('is read from the environment and the payload', async () => {
    const context = await readContext(await environment({ repository }));
    expect(context).toMatchObject({
      owner: 'octo',
      repo: 'site',
      repositoryId: 1,
      workflow: '.github/workflows/gate.yml',
      pullRequest: null,
      toolCache: null,
    });
    expect(runUrl(context)).toBe('https://github.com/octo/site/actions/runs/77');
  });

  it('names the pull request', async () => {
    const head = { sha, repo: { id: 1 } };
    const pull_request = { number: 3, head, base: { sha, ref: 'main' }, title: '::error' };
    const context = await readContext(await environment({ repository, pull_request }));
    expect(context.pullRequest).toEqual({ number: 3, head: sha, base: sha, fork: false });
  });

  it.each([
    ['another repository', { sha, repo: { id: 2 } }],
    ['a repository that is gone', { sha, repo: null }],
  ])('knows a fork by %s', async (_, head) => {
    const pull_request = { number: 3, head, base: { sha, ref: 'main' } };
    const context = await readContext(await environment({ repository, pull_request }));
    expect(context.pullRequest?.fork).toBe(true);
  });

  it('leaves a baseline of every branch that it runs on, but not of a tag of a branch’s name', async () => {
    const leaves = async (changes: NodeJS.ProcessEnv) =>
      leavesBaseline(await readContext(await environment({ repository }, changes)));
    expect(await leaves({})).toBe(true);
    expect(await leaves({ GITHUB_EVENT_NAME: 'schedule' })).toBe(true);
    expect(await leaves({ GITHUB_REF: 'refs/tags/main' })).toBe(false);
    expect(await leaves({ GITHUB_REF: 'refs/heads/release/1.x' })).toBe(true);
    expect(await leaves({ GITHUB_EVENT_NAME: 'merge_group' })).toBe(false);
    expect(await leaves({ GITHUB_EVENT_NAME: 'pull_request_target' })).toBe(false);
  });

  it.each<[string, object, NodeJS.ProcessEnv, string]>([
    [
      'that a pull request is merged into',
      { pull_request: { number: 3, head: { sha }, base: { sha, ref: 'release/1.x' } } },
      { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/3/merge' },
      'release/1.x',
    ],
    [
      'of a merge queue',
      { merge_group: { base_sha: sha, base_ref: 'refs/heads/release/1.x' } },
      { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-1' },
      'release/1.x',
    ],
    ['that is pushed to', {}, { GITHUB_REF: 'refs/heads/release/1.x' }, 'release/1.x'],
    ['that is the default one, for a tag', {}, { GITHUB_REF: 'refs/tags/v1' }, 'main'],
  ])('knows the base branch: the one %s', async (_, payload, variables, branch) => {
    const context = await readContext(await environment({ repository, ...payload }, variables));
    expect(context.baseBranch).toBe(branch);
  });

  it('is not judged on pull_request_target, whose secrets a pull request would get', async () => {
    const text = await gateErrorOf(() => checkEvent({ event: 'pull_request_target' }));
    expect(text).toContain('secrets');
    expect(text).toContain('on: pull_request');
  });

  it.each(['issue_comment', 'repository_dispatch', 'pull_request_review'])(
    'is not judged on %s',
    async (event) => {
      expect(await gateErrorOf(() => checkEvent({ event }))).toContain('does not judge');
    },
  );

  it.each(['pull_request', 'merge_group', 'push', 'schedule', 'workflow_dispatch'])(
    'is judged on %s',
    (event) => {
      expect(() => checkEvent({ event })).not.toThrow();
    },
  );

  it('tells what the environment lacks', async () => {
    const text = await gateErrorOf(async () =>
      readContext(await environment({ repository }, { GITHUB_SHA: undefined, GITHUB_RUN_ID: 'x' })),
    );
    expect(text).toContain('GITHUB_SHA');
    expect(text).toContain('GITHUB_RUN_ID');
    expect(text).toContain('robustness-gate gate');
  });
});
