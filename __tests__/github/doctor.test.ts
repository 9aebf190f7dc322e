import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { diagnoseArtifacts, diagnoseWorkflow } from '../../src/github/doctor.ts';
import { createOctokit } from '../../src/github/octokit.ts';
import { startServer } from '../e2e/server/server.ts';
import { addArtifact, addRun, emptyState } from '../e2e/server/state.ts';

const templates = join(import.meta.dirname, '../../docs/workflows');

const workflow = (on: string, permissions: string): string => `on: ${on}
jobs:
  gate:
    runs-on: ubuntu-24.04
    permissions: ${permissions}
    steps:
      - uses: octo/robustness-gate@v1
`;

describe('the doctor', () => {
  it('finds nothing lacking in the templates', async () => {
    const names = (await readdir(templates)).filter((name) => name.endsWith('.yml'));
    expect(names).toEqual(
      expect.arrayContaining(['fork-comment.yml', 'gate.yml', 'nightly.yml', 'shards.yml']),
    );
    for (const name of names) {
      const text = await readFile(join(templates, name), 'utf8');
      const lacking = diagnoseWorkflow(text, name).filter(({ state }) => state === 'lacking');
      expect({ name, lacking }).toEqual({ name, lacking: [] });
    }
  });

  it('gives the lines that a job lacks', () => {
    const text = workflow('[pull_request, push, merge_group]', '{contents: read}');
    expect(diagnoseWorkflow(text, 'gate.yml')).toEqual([
      {
        state: 'lacking',
        message: 'gate.yml, job gate: the token may not actions: read, pull-requests: write',
        fix: 'permissions:\n  actions: read # finds the baseline\n  pull-requests: write # writes the comment',
      },
    ]);
  });

  it.each([
    ['pull_request_target', 'refuses'],
    ['pull_request', 'nothing leaves a baseline'],
    ['[pull_request, push]', 'merge queue'],
  ])('knows what is wrong with on: %s', (on, words) => {
    const messages = diagnoseWorkflow(workflow(on, 'write-all'), 'gate.yml').map((f) => f.message);
    expect(messages.join('\n')).toContain(words);
  });

  it('has nothing to say of other workflows, and does not fall over bad ones', () => {
    expect(diagnoseWorkflow('on: push\njobs: {}\n', 'ci.yml')).toEqual([]);
    expect(diagnoseWorkflow('robustness-gate@: [', 'x.yml')).toMatchObject([{ state: 'lacking' }]);
  });

  it('tells whether a token reaches a baseline', async () => {
    const state = emptyState();
    await using server = await startServer(state);
    const look = (token: string) =>
      diagnoseArtifacts(
        createOctokit(token, server.url, () => {}),
        state,
        'site',
      );
    expect(await look('ghs_full')).toMatchObject({ state: 'lacking' });
    const run = addRun(state, { event: 'push', branch: 'main', sha: 'a'.repeat(40) });
    addArtifact(state, run.id, 'robustness-baseline-site', Buffer.from('zip'));
    expect(await look('ghs_full')).toEqual({
      state: 'good',
      message: `the token sees robustness-baseline-site, which run ${run.id} left`,
    });
    expect(await look('wrong')).toMatchObject({ fix: 'permissions:\n  actions: read' });
  });
});
