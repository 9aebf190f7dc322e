import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BaseConfig } from '../../src/config/integrity.ts';
import { readBaseConfig } from '../../src/github/base-config.ts';
import type { Context } from '../../src/github/context.ts';
import { createOctokit } from '../../src/github/octokit.ts';
import { startServer, type TestServer } from '../e2e/server/server.ts';
import { addCommit, emptyState, type ServerState } from '../e2e/server/state.ts';
import { pullRequestContext } from '../helpers/pull-request.ts';
import { gateErrorOf } from '../helpers/errors.ts';

const config = `version: 1
dataset: {format: yolo, path: data.yaml}
predictor: {kind: onnx, model: m.onnx}
gate: {maxDrop: 2}
`;
let state: ServerState;
let server: TestServer;
let base: string;

beforeEach(async () => {
  state = emptyState();
  base = addCommit(state, 'main');
  server = await startServer(state);
});

afterEach(() => server[Symbol.asyncDispose]());

function read(changes: Partial<Context> = {}): Promise<BaseConfig> {
  const context = pullRequestContext(state, server, base, changes);
  const octokit = createOctokit('ghs_full', server.url, () => {});
  return readBaseConfig(octokit, context, '/work/vision/robustness.yml');
}

function commitConfig(commit: string, text: string): void {
  state.files.set(`${commit}:vision/robustness.yml`, Buffer.from(text));
}

describe('the base commit’s config', () => {
  it('is read at the commit that the pull request is merged into', async () => {
    commitConfig(base, config);
    expect(await read()).toMatchObject({ kind: 'found', config: { gate: { maxDrop: 2 } } });
  });

  it('is read at the queue’s base in a merge queue', async () => {
    commitConfig(base, config);
    expect(await read({ pullRequest: null, mergeGroupBase: base })).toMatchObject({
      kind: 'found',
    });
  });

  it('is absent where the commit has none: the first pull request', async () => {
    expect(await read()).toMatchObject({ kind: 'absent' });
  });

  it('is nobody’s on main itself', async () => {
    expect(await read({ pullRequest: null })).toEqual({ kind: 'none' });
  });

  it('that cannot be read ends in an error with its place: then nobody knows the bar', async () => {
    commitConfig(base, `${config}gates: {}\n`);
    expect(await gateErrorOf(() => read())).toMatch(/unknown key "gates"/);
  });
});
