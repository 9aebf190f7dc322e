import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeComment } from '../../src/github/comment.ts';
import { createOctokit } from '../../src/github/octokit.ts';
import { startServer, type TestServer } from '../e2e/server/server.ts';
import { addCommit, emptyState, type ServerState } from '../e2e/server/state.ts';
import { pullRequestContext } from '../helpers/pull-request.ts';

const PATIENCE = 30_000;
const BOT = 'github-actions[bot]';
let state: ServerState;
let server: TestServer;

beforeEach(async () => {
  state = emptyState();
  server = await startServer(state);
});

afterEach(() => server[Symbol.asyncDispose]());

const ignore = (message: string): void => void message;

function write(body: string, { name = 'site', runId = 5, create = true, warn = ignore } = {}) {
  const context = pullRequestContext(state, server, addCommit(state, 'main'), { runId });
  const pullRequest = { number: 7, head: 'a'.repeat(40) };
  const octokit = createOctokit('ghs_full', server.url, warn);
  return writeComment({ octokit, context, pullRequest, name }, body, create);
}

function marked(run: number, text: string, name = 'site'): string {
  return `<!-- robustness-gate:v1 name=${name} run=${run}.1 sha=x -->\n${text}`;
}

function add(author: string, body: string, issue = 7): number {
  const id = state.nextId++;
  state.comments.push({ id, issue, author, body });
  return id;
}

const writes = () => state.requests.filter(({ method }) => method !== 'GET').map((r) => r.method);

describe('the comment of a gate', () => {
  it('is updated where there is one', async () => {
    add(BOT, marked(4, 'old'));
    expect(await write('new')).toBe('updated');
    expect(state.comments.map(({ body }) => body.split('\n')[1])).toEqual(['new']);
  });

  it('is not touched when it says the same, whatever GitHub does to line ends', async () => {
    add(BOT, marked(4, 'one\r\ntwo\r\n'));
    expect(await write('one\ntwo\n')).toBe('unchanged');
    expect(writes()).toEqual(['POST']); // GraphQL's query of who this is
  });

  it('is not written over by a run that was started earlier', async () => {
    add(BOT, marked(9, 'of a later run'));
    expect(await write('late')).toBe('unchanged');
    expect(state.comments[0]?.body).toContain('of a later run');
  });

  it('is one for each gate of the repository', async () => {
    add(BOT, marked(4, 'other', 'site-2'));
    expect(await write('new')).toBe('created');
    expect(state.comments).toHaveLength(2);
  });

  it.each([
    ['planted by somebody else', 'mallory', marked(4, 'All is well')],
    ['of another tool of the same author', BOT, 'coverage 80 %'],
    ['that quotes the marker', BOT, `> ${marked(4, 'quoted')}`],
  ])('leaves alone a comment %s', async (_, author, body) => {
    add(author, body);
    await write('new');
    expect(state.comments[0]).toMatchObject({ author, body });
    expect(state.comments).toHaveLength(2);
  });

  it('is found behind a hundred others', async () => {
    for (let i = 0; i < 120; i++) add('octo', `remark ${i}`);
    add(BOT, marked(4, 'old'));
    expect(await write('new')).toBe('updated');
  });

  it(
    'is one in the end when two runs write their first at the same time',
    async () => {
      // The other run's comment comes between our look and our writing.
      state.faults.push({ kind: 'slow', request: /^POST .*issues/, milliseconds: 300, times: 1 });
      const ours = write('ours', { runId: 6 });
      await new Promise((done) => setTimeout(done, 250));
      add(BOT, marked(5, 'theirs'));
      await ours;
      expect(state.comments.map(({ body }) => body.split('\n')[1])).toEqual(['ours']);
    },
    PATIENCE,
  );

  it(
    'is one in the end when the answer to its first writing is lost',
    async () => {
      state.faults.push({
        kind: 'answer',
        request: /^POST .*issues/,
        status: 502,
        message: 'Bad Gateway',
        done: true,
        times: 1,
      });
      await write('ours');
      expect(state.comments).toHaveLength(1);
    },
    PATIENCE,
  );

  it(
    'waits as long as a secondary limit asks, and tells',
    async () => {
      const told: string[] = [];
      state.faults.push({
        kind: 'answer',
        request: /^POST .*issues/,
        status: 403,
        message: 'You have exceeded a secondary rate limit.',
        headers: { 'retry-after': '1' },
        times: 1,
      });
      const warn = (message: string): void => void told.push(message);
      expect(await write('new', { warn })).toBe('created');
      expect(told.join()).toContain('secondary rate limit');
    },
    PATIENCE,
  );

  it(
    'gives up where a limit asks for more than two minutes',
    async () => {
      state.faults.push({
        kind: 'answer',
        request: /^POST .*issues/,
        status: 403,
        message: 'You have exceeded a secondary rate limit.',
        headers: { 'retry-after': '3600' },
        times: 9,
      });
      await expect(write('new')).rejects.toThrow(/secondary rate limit/);
    },
    PATIENCE,
  );
});
