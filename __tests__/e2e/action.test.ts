import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleFolder } from '../helpers/bundle.ts';
import type { StepResult } from './runner.ts';
import {
  artifactNames,
  exampleModels,
  freshRepository,
  judged,
  main,
  makePlace,
  MINUTES,
  type Place,
  pullRequest,
  pushMain,
  small,
} from './scenario.ts';
import { removeScratch, scratch } from './scratch.ts';
import { addCommit, type ServerState } from './server/state.ts';
import { configText, damaged } from './workspace.ts';

let place: Place;
let models: { a: Uint8Array; b: Uint8Array };

beforeAll(async () => {
  place = await makePlace();
  models = await exampleModels();
}, 3 * MINUTES);

afterAll(removeScratch);

describe('the action on GitHub', () => {
  let pushed: ServerState;
  let pushResult: StepResult;

  beforeAll(async () => {
    pushed = freshRepository();
    pushResult = await pushMain(pushed, models.b, { size: judged, at: place });
  }, 5 * MINUTES);

  it('leaves a baseline of main and passes as no-baseline the first time', () => {
    expect(pushResult.log).toContain('no usable baseline was found');
    expect(pushResult.code).toBe(0);
    expect(pushResult.outputs['verdict']).toBe('no-baseline');
    expect(artifactNames(pushed).sort()).toEqual([
      'robustness-baseline-site',
      'robustness-report-site.html',
    ]);
  });

  it(
    'fails a pull request that promotes the less robust model A, and says where',
    async () => {
      const state = structuredClone(pushed);
      const result = await pullRequest(state, models.a, { size: judged, at: place });
      expect(result.outputs['verdict']).toBe('regressed');
      expect(result.code).toBe(1);
      const [comment] = state.comments;
      expect(comment?.body).toMatch(/^<!-- robustness-gate:v1 name=site run=\d+\.1 sha=\w{40} -->/);
      expect(comment?.body).toContain(result.outputs['report-url']);
      expect(comment?.body).toMatch(/noise/i);
      expect(result.summary).toMatch(/noise/i);
      expect(Number(result.outputs['drop'])).toBeGreaterThan(0);
      expect(Number(result.outputs['risk'])).toBeGreaterThan(
        Number(result.outputs['baseline-risk']),
      );
      expect((await readdir(result.outputs['run-path'] ?? '')).sort()).toEqual([
        'detections.parquet',
        'run.json',
        'truth.parquet',
      ]);
      expect(artifactNames(state).at(-1)).toBe('robustness-report-site.html');
      const blobs = state.requests.filter(({ path }) => path.startsWith('/download/'));
      expect(blobs.map(({ authorization }) => authorization)).toEqual([null]);
    },
    5 * MINUTES,
  );

  it(
    'fails a pull request with a damaged copy of B, and updates its own comment alone',
    async () => {
      const state = structuredClone(pushed);
      const marker = '<!-- robustness-gate:v1 name=site run=1.1 sha=x -->';
      state.comments.push(
        { id: 1, issue: 7, author: 'mallory', body: `${marker}\nAll is well` },
        { id: 2, issue: 7, author: 'github-actions[bot]', body: `${marker}\nof an earlier run` },
        { id: 3, issue: 7, author: 'github-actions[bot]', body: `${marker}\na duplicate` },
        { id: 4, issue: 7, author: 'github-actions[bot]', body: 'of another action' },
      );
      const result = await pullRequest(state, damaged(models.b, 3), { size: judged, at: place });
      expect(result.outputs['verdict']).toBe('regressed');
      expect(result.code).toBe(1);
      expect(state.comments.map(({ id }) => id)).toEqual([1, 2, 4]);
      expect(state.comments[0]?.body).toBe(`${marker}\nAll is well`);
      expect(state.comments[1]?.body).toContain('Regressed');
      expect(state.comments[2]?.body).toBe('of another action');
      await pullRequest(state, models.b, { size: judged, commit: 'take it back', at: place });
      expect(state.comments.map(({ id }) => id)).toEqual([1, 2, 4]);
      expect(state.comments[1]?.body).not.toContain('Regressed');
    },
    5 * MINUTES,
  );

  it(
    'passes a pull request that leaves the model as it is, without predicting again',
    async () => {
      const state = structuredClone(pushed);
      const result = await pullRequest(state, models.b, { size: judged, at: place });
      expect(result.outputs).toMatchObject({ verdict: 'pass', drop: '0.000' });
      expect(result.code).toBe(0);
      expect(result.log).not.toMatch(/images\/s/);
      expect(state.comments).toEqual([]);
    },
    5 * MINUTES,
  );
});

describe('a pull request that sets its own bar', () => {
  it(
    'is judged by main’s all the same, and the comment tells what it tried',
    async () => {
      const strict = { ...judged, gate: '{maxDrop: 1, ruleOut: 5}' };
      const state = freshRepository();
      await pushMain(state, models.b, { size: strict, at: place });
      const waiver = "{node: noise, reason: 'trust me', until: '2099-12-31'}";
      const result = await pullRequest(state, models.a, {
        at: place,
        size: {
          ...judged,
          perturbations: '[gaussian_blur, darkness, contrast, rotation, horizontal_flip]',
          gate: `{maxDrop: 100, ruleOut: 100, waivers: [${waiver}]}`,
        },
      });
      expect(result.outputs['verdict']).toBe('regressed');
      expect(result.code).toBe(1);
      const body = state.comments[0]?.body ?? '';
      expect(body).toMatch(/maxDrop 1 → 100; the stricter of both, 1, was applied/);
      expect(body).toMatch(/ruleOut 5 → 100; the stricter of both, 5, was applied/);
      expect(body).toMatch(/waivers: noise – → until 2099-12-31/);
      expect(body).toMatch(/leaves out conditions[^\n]*gaussian.{1,2}noise\/3/);
    },
    5 * MINUTES,
  );

  it(
    'breaks an absolute limit of main’s without any baseline',
    async () => {
      const state = freshRepository();
      const size = { ...small, gate: '{limits: {map: 99}}' };
      state.files.set(`${main}:robustness.yml`, Buffer.from(configText(size)));
      const result = await pullRequest(state, models.b, { size: small, at: place });
      expect(result.outputs['verdict']).toBe('regressed');
      expect(result.code).toBe(1);
      expect(state.comments[0]?.body).toMatch(/limits\.map\.clean 99 → –/);
    },
    2 * MINUTES,
  );
});

describe('the action, looking for a baseline', () => {
  let pushed: ServerState;

  beforeAll(async () => {
    pushed = freshRepository();
    await pushMain(pushed, models.b, { size: small, at: place });
  }, 5 * MINUTES);

  it(
    'passes as no-baseline where none was made, and says how to make one',
    async () => {
      const state = freshRepository();
      const result = await pullRequest(state, models.b, { size: small, at: place });
      expect(result.outputs['verdict']).toBe('no-baseline');
      expect(result.code).toBe(0);
      expect(state.comments[0]?.body).toContain('push');
    },
    2 * MINUTES,
  );

  it(
    'fails without a baseline where the workflow asks for one',
    async () => {
      const inputs = { 'on-missing-baseline': 'fail' };
      const result = await pullRequest(freshRepository(), models.b, {
        size: small,
        inputs,
        at: place,
      });
      expect(result.outputs['verdict']).toBe('no-baseline');
      expect(result.code).toBe(1);
    },
    2 * MINUTES,
  );

  it(
    'refuses an artifact whose bytes are not those that were uploaded',
    async () => {
      const state = structuredClone(pushed);
      const artifact = state.artifacts.find(({ name }) => name.startsWith('robustness-baseline'));
      if (artifact) artifact.bytes[artifact.bytes.length >> 1]! ^= 1;
      const result = await pullRequest(state, models.b, { size: small, at: place });
      expect(result.outputs['verdict']).toBe('no-baseline');
      expect(result.log).toContain('has the SHA-256');
    },
    2 * MINUTES,
  );

  it(
    'refuses the baseline of a fork whose branch is called main',
    async () => {
      const state = structuredClone(pushed);
      state.runs[0] = { ...state.runs[0]!, headRepositoryId: 666 };
      const result = await pullRequest(state, models.b, { size: small, at: place });
      expect(result.outputs['verdict']).toBe('no-baseline');
      expect(result.log).toContain('another repository');
    },
    2 * MINUTES,
  );

  it(
    'refuses the baseline of a tag called main',
    async () => {
      const state = structuredClone(pushed);
      state.runs[0] = { ...state.runs[0]!, sha: addCommit(state, 'tagged', main) };
      const result = await pullRequest(state, models.b, { size: small, at: place });
      expect(result.outputs['verdict']).toBe('no-baseline');
      expect(result.log).toContain('no ancestor');
    },
    2 * MINUTES,
  );

  it(
    'keeps the verdict when the token may not comment',
    async () => {
      const state = structuredClone(pushed);
      state.tokens.set('ghs_fork', { login: 'github-actions[bot]', comments: false });
      const inputs = { 'github-token': 'ghs_fork', comment: 'always' };
      const result = await pullRequest(state, models.b, { size: small, inputs, at: place });
      expect(result.code).toBe(0);
      expect(result.log).toMatch(/^::notice.*may not comment/m);
      expect(result.log).not.toContain('\nghs_fork');
    },
    2 * MINUTES,
  );

  it(
    'ends with 2 and an annotation at the config’s line when it cannot judge',
    async () => {
      const state = structuredClone(pushed);
      const inputs = { config: 'data.yaml' };
      const result = await pullRequest(state, models.b, { size: small, inputs, at: place });
      expect(result.code).toBe(2);
      expect(result.log).toMatch(/^::error .*file=data\.yaml,line=\d+/m);
      expect(result.log).not.toMatch(/^\s+at /m);
    },
    2 * MINUTES,
  );
});

describe('the action in a folder of its own, as a runner has it', () => {
  it(
    'installs its native packages once and takes them from the tool cache afterwards',
    async () => {
      const bundle = join(await scratch('action'), 'dist');
      await cp(bundleFolder, bundle, { recursive: true });
      const at = { ...place, bundle, toolCache: await scratch('tools') };
      const first = await pullRequest(freshRepository(), models.b, { size: small, at });
      expect(first.log).toContain('installing');
      expect(first.outputs['verdict']).toBe('no-baseline');
      const second = await pullRequest(freshRepository(), models.b, { size: small, at });
      expect(second.log).not.toContain('installing');
      expect(second.outputs['verdict']).toBe('no-baseline');
      const read = (result: StepResult): Promise<Buffer> =>
        readFile(join(result.outputs['run-path'] ?? '', 'run.json'));
      expect(await read(first)).toEqual(await read(second));
    },
    5 * MINUTES,
  );
});
