import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StepResult } from './runner.ts';
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
  pullRequest,
  pullRequestEvent,
  pushEvent,
  pushMain,
  small,
  step,
} from './scenario.ts';
import { removeScratch } from './scratch.ts';
import { addCommit, addRun, type ServerState } from './server/state.ts';
import { type Manifest, withManifest } from './forge.ts';
import { configText, makeWorkspace } from './workspace.ts';

let at: Place;
let models: { a: Uint8Array; b: Uint8Array };

beforeAll(async () => {
  at = await makePlace();
  models = await exampleModels();
}, 3 * MINUTES);

afterAll(removeScratch);

const runFile = (result: StepResult): Promise<Buffer> =>
  readFile(join(result.outputs['run-path'] ?? '', 'run.json'));

describe.each<[string, { fork?: number; owner: string; branch: string }, RegExp, RegExp]>([
  [
    'a fork’s pull request',
    { fork: 666, owner: 'mallory', branch: 'promote' },
    /^::notice::a fork.s token may not comment/m,
    /^> Reported by the \[fork’s own run\]/m,
  ],
  [
    'Dependabot’s pull request',
    { owner: 'octo', branch: 'dependabot/npm/x-1' },
    /^::notice::the token may not comment.*Dependabot/m,
    /^> Reported by the \[pull request’s own run\]/m,
  ],
])('%s', (_, { fork, owner, branch }, notice, source) => {
  it(
    'is judged with a token that may only read, and commented on by the second workflow',
    async () => {
      const state = freshRepository();
      state.tokens.set('ghs_read', { login: 'github-actions[bot]', comments: false });
      await pushMain(state, models.b, { size: judged, at });
      const event = pullRequestEvent(state, 'promote', fork);
      const from = fork ?? state.repositoryId;
      const workspace = await makeWorkspace(models.a, judged);
      const result = await step(state, workspace, event, {
        at,
        inputs: { 'github-token': 'ghs_read' },
      });
      expect(result.code).toBe(1);
      expect(result.outputs['verdict']).toBe('regressed');
      expect(result.summary).toContain('Regressed');
      expect(result.log).toMatch(notice);
      expect(artifactNames(state)).toContain('robustness-verdict-site');
      expect(state.comments).toEqual([]);

      const run = state.runs.at(-1)!;
      const { head } = event;
      state.pulls.push({
        number: 7,
        open: true,
        owner,
        branch,
        head,
        repositoryId: from,
      });
      const second: Event = {
        run: { event: 'workflow_run', branch: 'main', sha: main },
        payload: {
          workflow_run: {
            id: run.id,
            run_attempt: 1,
            event: 'pull_request',
            path: run.path,
            head_sha: head,
            head_branch: branch,
            head_repository: { id: from, owner: { login: owner } },
          },
        },
        ref: 'refs/heads/main',
      };
      const inputs = { 'baseline-workflows': 'robustness.yml' };
      // No checkout: there is nothing in the workspace.
      const commenter = await step(state, join(workspace, 'images'), second, { at, inputs });
      expect(commenter.code).toBe(0);
      expect(state.comments).toHaveLength(1);
      expect(state.comments[0]?.body).toMatch(source);
      expect(state.comments[0]?.body).toContain('### ❌ Regressed');
    },
    5 * MINUTES,
  );
});

describe('a pull request into another branch', () => {
  const branch = 'release/<b>@all[x](//evil)';

  it(
    'is held against what a push to that branch has left',
    async () => {
      const state = freshRepository();
      await pushMain(state, models.b, { size: small, at });
      const sha = addCommit(state, 'released', main);
      state.files.set(`${sha}:robustness.yml`, Buffer.from(configText(small)));
      const pushed = await step(
        state,
        await makeWorkspace(models.a, small),
        {
          run: { event: 'push', branch, sha },
          payload: {},
          ref: `refs/heads/${branch}`,
        },
        { at },
      );
      expect(pushed.log).toContain('run 1 on main');
      const head = addCommit(state, 'fix', sha);
      const base = { sha, ref: branch };
      const result = await step(
        state,
        await makeWorkspace(models.a, small),
        {
          run: { event: 'pull_request', branch: 'fix', sha: addCommit(state, 'merge', sha, head) },
          payload: {
            pull_request: {
              number: 7,
              head: { sha: head, repo: { id: state.repositoryId } },
              base,
            },
          },
          ref: 'refs/pull/7/merge',
        },
        { at, inputs: { comment: 'always' } },
      );
      // Held against main's model B it would not be.
      expect(result.outputs).toMatchObject({ verdict: 'pass', drop: '0.000' });
      const body = state.comments[0]?.body ?? '';
      expect(body).toContain('run 2 on release/');
      // Whoever may push a branch may call it anything.
      expect(body).not.toMatch(/<b>|@all|\[x\]\(/);
    },
    3 * MINUTES,
  );
});

describe('a baseline that is of something else', () => {
  let pushed: ServerState;

  beforeAll(async () => {
    pushed = freshRepository();
    await pushMain(pushed, models.b, { size: small, at });
  }, 3 * MINUTES);

  const zeros = '0'.repeat(64);
  it.each<[string, (manifest: Manifest) => object, number, RegExp]>([
    [
      'another data set’s images',
      ({ images }) => ({
        images: images.map((image, i) => ({ ...image, digest: `${i}${zeros.slice(1)}` })),
      }),
      0,
      /Too little in common: 0 of 6 images/,
    ],
    [
      'another data set’s classes',
      ({ dataset }) => ({ dataset: { ...dataset, classes: dataset.classes.toReversed() } }),
      2,
      /^::error.*class/m,
    ],
    ['another format version', () => ({ schemaVersion: 9 }), 0, /not a run of this version/],
    [
      'a repository that it names',
      () => ({ repository: 'mallory/site' }),
      0,
      /not a run of this version/,
    ],
  ])(
    'is never judged by: %s',
    async (_, change, code, reason) => {
      const state = structuredClone(pushed);
      const artifact = state.artifacts.find(({ name }) => name === 'robustness-baseline-site')!;
      Object.assign(artifact, await withManifest(artifact.bytes, change));
      const result = await pullRequest(state, models.b, { size: small, at });
      expect(result.log).toMatch(reason);
      expect(result.code).toBe(code);
      expect(result.outputs['verdict']).toBe(code === 0 ? 'no-baseline' : undefined);
    },
    2 * MINUTES,
  );

  it.each<[string, (state: ServerState) => void, RegExp]>([
    [
      'another gate’s artifact',
      ({ artifacts }) => {
        artifacts[0] = { ...artifacts[0]!, name: 'robustness-baseline-other' };
      },
      /it has no artifact robustness-baseline-site/,
    ],
    [
      'another workflow’s run',
      ({ runs }) => {
        runs[0] = { ...runs[0]!, path: '.github/workflows/other.yml' };
      },
      /no finished run of .*robustness\.yml on main is known/,
    ],
    [
      'another run’s artifact',
      ({ artifacts }) => void (artifacts[0]!.of = 1),
      /its artifact is of run 1/,
    ],
  ])(
    'is never taken: %s',
    async (_, change, reason) => {
      const state = structuredClone(pushed);
      change(state);
      const result = await pullRequest(state, models.b, { size: small, at });
      expect(result.log).toMatch(reason);
      expect(result.outputs['verdict']).toBe('no-baseline');
    },
    2 * MINUTES,
  );
});

describe('pull_request_target', () => {
  it(
    'is refused before anything is read',
    async () => {
      const state = freshRepository();
      const event = pullRequestEvent(state);
      const result = await step(
        state,
        await makeWorkspace(models.b, small),
        { ...event, run: { ...event.run, event: 'pull_request_target' } },
        { at },
      );
      expect(result.code).toBe(2);
      expect(result.log).toMatch(/^::error.*secrets/m);
      expect(state.requests).toEqual([]);
    },
    MINUTES,
  );
});

describe('a night', () => {
  const night: Event = {
    run: { event: 'schedule', branch: 'main', sha: main },
    payload: {},
    ref: 'refs/heads/main',
  };

  it(
    'that is worse than the last opens one issue; a better one is held against the last good one',
    async () => {
      const state = freshRepository();
      const tonight = async (model: Uint8Array): Promise<StepResult> =>
        step(state, await makeWorkspace(model, judged), night, { at });
      expect((await tonight(models.b)).outputs['verdict']).toBe('no-baseline');
      expect((await tonight(models.a)).outputs['verdict']).toBe('regressed');
      expect(state.issues).toHaveLength(1);
      expect(state.issues[0]?.body).toContain('The model changed');
      // Held against last night's it would be as good.
      expect((await tonight(models.a)).outputs['verdict']).toBe('regressed');
      expect((await tonight(models.b)).outputs['verdict']).toBe('pass');
      expect(state.issues[0]?.state).toBe('open');
      await tonight(models.b);
      expect(state.issues).toHaveLength(1);
      expect(state.issues[0]?.state).toBe('closed');
    },
    8 * MINUTES,
  );
});

describe('shards in a matrix', () => {
  let state: ServerState;
  let event: Event;
  let workspace: string;

  beforeAll(async () => {
    state = freshRepository();
    await pushMain(state, models.b, { size: small, at });
    event = pullRequestEvent(state);
    workspace = await makeWorkspace(models.a, small);
  }, 3 * MINUTES);

  it(
    'are merged to the same bytes as the run of one job, and judged once',
    async () => {
      const here = structuredClone(state);
      const run = addRun(here, event.run);
      for (const shard of ['1/2', '2/2', '2/2']) {
        // The second one is run again: its artifact takes the place of the first.
        const result = await step(here, workspace, event, { at, in: run, inputs: { shard } });
        expect(result.code).toBe(0);
        expect(result.outputs['verdict']).toBeUndefined();
      }
      expect(
        here.artifacts.filter(({ run: made }) => made === run.id).map(({ name }) => name),
      ).toEqual(['robustness-shard-site-1-of-2', 'robustness-shard-site-2-of-2']);
      const merged = await step(here, workspace, event, {
        at,
        in: run,
        inputs: { shard: 'merge' },
      });
      expect(merged.code).toBe(0);
      expect(merged.log).not.toMatch(/images\/s/);
      const whole = await pullRequest(structuredClone(state), models.a, { size: small, at });
      expect(await runFile(merged)).toEqual(await runFile(whole));
      expect(here.comments).toHaveLength(1);
    },
    5 * MINUTES,
  );

  it(
    'fail when one is missing',
    async () => {
      const here = structuredClone(state);
      const run = addRun(here, event.run);
      await step(here, workspace, event, { at, in: run, inputs: { shard: '1/2' } });
      const merged = await step(here, workspace, event, {
        at,
        in: run,
        inputs: { shard: 'merge' },
      });
      expect(merged.code).toBe(2);
      expect(merged.log).toMatch(/^::error.*shard 2 of 2 is missing/m);
    },
    3 * MINUTES,
  );
});

describe('a run that is not finished', () => {
  const long = { images: 60, perturbations: '[glass_blur, elastic_transform, zoom_blur, snow]' };
  // A log gets its first line of progress after ten seconds, on a fast machine too.
  const longer = {
    images: 90,
    perturbations:
      '[glass_blur, elastic_transform, zoom_blur, snow, spatter, fog, frost, motion_blur, rain, shot_noise, gaussian_noise, impulse_noise, speckle_noise, defocus_blur, gaussian_blur, median_blur, rotation, perspective, lens_distortion, packet_loss, pixelate, jpeg_compression]',
  };

  it(
    'because time ran out is incomplete, never a pass',
    async () => {
      const workspace = await makeWorkspace(models.b, long);
      const inputs = { 'time-budget': '2s' };
      const result = await step(freshRepository(), workspace, pushEvent, { at, inputs });
      expect(result.code).toBe(2);
      expect(result.outputs['verdict']).toBe('incomplete');
      expect(result.summary).toMatch(/The time budget of 2 seconds ran out/);
    },
    3 * MINUTES,
  );

  it(
    'is told in the pull request’s comment, until a whole run writes its verdict there',
    async () => {
      const state = freshRepository();
      await pushMain(state, models.b, { size: small, at });
      const inputs = { comment: 'always' };
      await pullRequest(state, models.b, { size: small, at, inputs });
      expect(state.comments[0]?.body).toContain('### ✅ Pass');
      const event = pullRequestEvent(state, 'a longer suite');
      const workspace = await makeWorkspace(models.a, long);
      const late = await step(state, workspace, event, { at, inputs: { 'time-budget': '3s' } });
      expect(late.code).toBe(2);
      expect(late.outputs['verdict']).toBe('incomplete');
      expect(state.comments).toHaveLength(1);
      const body = state.comments[0]?.body ?? '';
      expect(body).toMatch(/The time budget of 3 seconds ran out/);
      expect(body).toMatch(/nothing was judged, so this is no pass/);
      expect(body).not.toContain('Pass\n');
      expect(body).toContain(`sha=${event.head} `);
      const again = pullRequestEvent(state, 'a shorter suite');
      await step(state, await makeWorkspace(models.b, small), again, { at, inputs });
      expect(state.comments).toHaveLength(1);
      expect(state.comments[0]?.body).toContain('### ✅ Pass');
    },
    3 * MINUTES,
  );

  it(
    'is no error of its own where the token may not comment',
    async () => {
      const state = freshRepository();
      state.tokens.set('ghs_read', { login: 'github-actions[bot]', comments: false });
      const event = pullRequestEvent(state, 'promote', 666);
      const inputs = { 'time-budget': '2s', 'github-token': 'ghs_read' };
      const workspace = await makeWorkspace(models.b, long);
      const result = await step(state, workspace, event, { at, inputs });
      expect(result.code).toBe(2);
      expect(result.outputs['verdict']).toBe('incomplete');
      expect(result.log).toMatch(/^::notice::a fork.s token may not comment/m);
    },
    3 * MINUTES,
  );

  it(
    'because somebody cancelled it ends within five seconds, and the next attempt goes on from there',
    async () => {
      const state = freshRepository();
      const workspace = await makeWorkspace(models.b, longer);
      const run = addRun(state, pushEvent.run);
      const cancelAt = /predict \d+\/\d+/;
      const result = await step(state, workspace, pushEvent, { at, in: run, cancelAt });
      expect(result.ending).toBeGreaterThan(0);
      expect(result.ending).toBeLessThan(5000);
      expect(result.code).toBe(2);
      expect(result.outputs['verdict']).toBe('incomplete');
      expect(result.post).toMatch(/[1-9]\d* finished images are kept/);
      expect(artifactNames(state)).toEqual([expect.stringMatching(/^robustness-partial-/)]);
      const second = await step(state, workspace, pushEvent, { at, in: run, attempt: 2 });
      expect(second.log).toMatch(/going on from the attempt before: [1-9]\d* images are done/);
      expect(second.outputs['verdict']).toBe('no-baseline');
      expect(second.post).toBe('');
    },
    5 * MINUTES,
  );
});

describe('when GitHub fails', () => {
  let pushed: ServerState;

  beforeAll(async () => {
    pushed = freshRepository();
    await pushMain(pushed, models.b, { size: small, at });
  }, 3 * MINUTES);

  const answer = (status: number, message: string, headers: Record<string, string> = {}) =>
    ({ kind: 'answer', status, message, headers, times: 99 }) as const;

  it.each<[string, ServerState['faults'][number]]>([
    ['uploads are refused', { ...answer(403, 'quota'), request: /CreateArtifact/ }],
    ['the network breaks off uploads', { kind: 'reset', request: /CreateArtifact/, times: 2 }],
    [
      'the comment is refused',
      { ...answer(403, 'Resource not accessible'), request: /POST .*comments/ },
    ],
    [
      'comments cannot be listed',
      { ...answer(422, 'Validation Failed'), request: /GET .*comments/ },
    ],
    [
      'a secondary limit asks to wait for an hour',
      {
        ...answer(403, 'You have exceeded a secondary rate limit', { 'retry-after': '3600' }),
        request: /POST .*comments/,
      },
    ],
    ['GitHub answers slowly', { kind: 'slow', request: /./, milliseconds: 200, times: 99 }],
    ['one request fails for a moment', { ...answer(500, 'oops'), request: /compare/, times: 1 }],
  ])(
    'the verdict is the same: %s',
    async (_, fault) => {
      const state = structuredClone(pushed);
      state.faults.push(fault);
      const inputs = { comment: 'always' };
      const result = await pullRequest(state, models.b, { size: small, at, inputs });
      expect(result.outputs['verdict']).toBe('pass');
      expect(result.code).toBe(0);
      expect(result.summary).toContain('Pass');
    },
    3 * MINUTES,
  );

  it(
    'does not judge by a baseline that it could not look for: %s',
    async () => {
      const state = structuredClone(pushed);
      state.faults.push({ ...answer(403, 'Resource not accessible'), request: /workflows/ });
      const result = await pullRequest(state, models.b, { size: small, at });
      expect(result.code).toBe(2);
      expect(result.log).toMatch(/permissions: \{contents: read, actions: read\}/);
    },
    MINUTES,
  );
});
