import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzip } from '../../src/zip.ts';
import { httpServer } from '../helpers/http.ts';
import { lineProgram } from '../helpers/predictors.ts';
import type { StepResult } from './runner.ts';
import {
  type Event,
  freshRepository,
  main,
  makePlace,
  MINUTES,
  type Place,
  pullRequestEvent,
  pushEvent,
  step,
  type StepOptions,
} from './scenario.ts';
import { removeScratch, scratch } from './scratch.ts';
import type { ServerState } from './server/state.ts';
import { configText, makeWorkspace, type WorkspaceOptions } from './workspace.ts';

/** Marks in it are escaped otherwise by each form of a report. */
const KEY = 'rf_Live-key+1<2/3';
const TOKEN = 'ghs_tokenOfTheJob';
let at: Place;

beforeAll(async () => {
  at = await makePlace();
}, 3 * MINUTES);

afterAll(removeScratch);

/** Says its key wherever a program may say something: its own name, its classes, on stderr. */
const talkative = (work: string): string =>
  lineProgram(
    `${work}
    say({id: line.id, detections: [{class: 0, confidence: 0.9, box: [1, 1, 9, 9]}]});`,
    `{ready: true, model: 'model of ' + process.env.MODEL_AUTH, classes: ['Person', process.env.MODEL_AUTH]}`,
  );

const size: WorkspaceOptions = {
  images: 6,
  perturbations: '[contrast]',
  gate: '{limits: {map: 99}}',
  predictor: '{kind: command, command: [node, predict.cjs], version: "1"}',
};

async function repository(): Promise<ServerState> {
  const state = freshRepository();
  state.tokens.set(TOKEN, { login: 'github-actions[bot]', comments: true });
  state.files.set(`${main}:robustness.yml`, Buffer.from(configText(size)));
  return state;
}

async function run(
  state: ServerState,
  event: Event,
  program: string,
  options: Partial<StepOptions> = {},
  of: WorkspaceOptions = size,
): Promise<StepResult> {
  const workspace = await makeWorkspace(Buffer.of(), of);
  await writeFile(join(workspace, 'predict.cjs'), program);
  return step(state, workspace, event, {
    at,
    environment: { MODEL_AUTH: KEY, MODEL_API_KEY: KEY },
    ...options,
    inputs: { 'allow-command': 'true', 'github-token': TOKEN, ...options.inputs },
  });
}

/** Whether a text or a file has the key or the token, in the forms in which reports and requests write them. */
function tells(bytes: Uint8Array | string): boolean {
  const text = Buffer.from(bytes).toString('latin1');
  const words = [KEY, TOKEN].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').slice(0, -4),
    secret.replaceAll('<', '&lt;'),
    secret.replaceAll(/[_<]/g, (mark) => `\\${mark}`),
  ]);
  return words.some((word) => text.includes(word));
}

/** What the runner prints once it has heard what it is to hide. */
function shownLog({ log, post }: StepResult): string {
  return (log + post).replaceAll(/^::add-mask::.*$/gm, '');
}

/** Every file in a folder that has a secret. */
async function tellingFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    if (tells(await readFile(file))) found.push(file);
  }
  return found;
}

/** The artifacts that have a secret in one of their files. */
async function tellingArtifacts(state: ServerState): Promise<string[]> {
  const telling: string[] = [];
  for (const { name, bytes, type } of state.artifacts) {
    const folder = await scratch('artifact');
    await writeFile(join(folder, 'artifact'), bytes);
    if (type === 'application/zip') {
      await unzip(join(folder, 'artifact'), join(folder, 'files'), {
        files: 9,
        bytes: 2 ** 30,
        ratio: 10_000,
      });
    }
    if ((await tellingFiles(folder)).length > 0) telling.push(name);
  }
  return telling;
}

describe('a program that says its key', () => {
  it(
    'has it in no log, comment, summary, report, run or verdict of a pull request',
    async () => {
      const state = await repository();
      const inputs = { comment: 'always' };
      const event = pullRequestEvent(state);
      const result = await run(state, event, talkative(''), { inputs });
      expect(result.outputs['verdict']).toBe('regressed');
      expect(result.summary).toContain('Regressed');
      expect(state.comments).toHaveLength(1);
      expect(state.comments.splice(0).filter(({ body }) => tells(body))).toEqual([]);
      state.tokens.set(TOKEN, { login: 'github-actions[bot]', comments: false });
      const silent = await run(state, event, talkative(''), { inputs });
      expect(state.artifacts.map(({ name }) => name)).toContain('robustness-verdict-site');
      for (const { log, summary, outputs, temporary } of [result, silent]) {
        expect(shownLog({ ...result, log })).not.toMatch(/rf_Live/);
        expect(tells(summary + JSON.stringify(outputs))).toBe(false);
        const reports = outputs['reports-path'] ?? temporary;
        expect(await tellingFiles(reports)).toEqual([]);
        expect(await readFile(join(reports, 'candidate/run.json'), 'utf8')).toContain(
          'model of ***',
        );
      }
      expect(await tellingArtifacts(state)).toEqual([]);
    },
    3 * MINUTES,
  );

  it(
    'has it in no issue and no baseline of a night',
    async () => {
      const state = await repository();
      const night: Event = { ...pushEvent, run: { ...pushEvent.run, event: 'schedule' } };
      const result = await run(state, night, talkative(''));
      expect(result.outputs['verdict']).toBe('regressed');
      expect(state.issues).toHaveLength(1);
      expect(tells(JSON.stringify(state.issues))).toBe(false);
      expect(state.artifacts.map(({ name }) => name)).toContain('robustness-baseline-site');
      expect(await tellingArtifacts(state)).toEqual([]);
    },
    3 * MINUTES,
  );

  it(
    'has it in nothing that an unfinished run leaves',
    async () => {
      const state = await repository();
      const slow = talkative('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);');
      // Longer than a busy machine needs to begin, shorter than a free one to end.
      const inputs = { 'time-budget': '20s' };
      const event = pullRequestEvent(state);
      const result = await run(state, event, slow, { inputs }, { ...size, images: 60 });
      expect(result.outputs['verdict']).toBe('incomplete');
      expect(state.artifacts.map(({ name }) => name)).toEqual([
        expect.stringMatching(/^robustness-partial-/),
      ]);
      expect(await tellingArtifacts(state)).toEqual([]);
      expect(tells(shownLog(result) + result.summary + JSON.stringify(state.comments))).toBe(false);
    },
    3 * MINUTES,
  );

  it(
    'has it in no error',
    async () => {
      const state = await repository();
      const dying = `process.stderr.write('x'.repeat(1490) + ' key ' + process.env.MODEL_AUTH + '\\n');
        process.exit(3);`;
      const result = await run(state, pullRequestEvent(state), dying);
      expect(result.code).toBe(2);
      expect(result.log).toMatch(/ended with exit code 3/);
      expect(result.log).toContain('key ***');
      expect(shownLog(result)).not.toMatch(/rf_|Live|1<2/);
    },
    MINUTES,
  );
});

describe('a server that says back its key', () => {
  it.each<[string, (key: string) => { status: number; body: unknown }]>([
    ['in an error', (key) => ({ status: 403, body: { message: `no access with ${key}` } })],
    [
      'in an error as base64',
      (key) => ({ status: 400, body: Buffer.from(`k=${key}`).toString('base64') }),
    ],
    [
      'as a class',
      (key) => ({
        status: 200,
        body: {
          predictions: [
            { x: 5, y: 5, width: 4, height: 4, confidence: 0.9, class: `${'x'.repeat(75)}${key}` },
          ],
        },
      }),
    ],
    ['as no answer', (key) => ({ status: 200, body: { [key]: key } })],
  ])(
    '%s: the log and the annotation do not',
    async (_, answer) => {
      await using server = await httpServer(({ url, origin }) =>
        answer(new URL(url, origin).searchParams.get('api_key') ?? ''),
      );
      const state = await repository();
      const predictor = `{kind: roboflow, model: site/3, url: "${server.origin}", apiKey: $MODEL_AUTH}`;
      const workspace = await makeWorkspace(Buffer.of(), { ...size, predictor });
      state.files.set(`${main}:robustness.yml`, await readFile(join(workspace, 'robustness.yml')));
      const result = await step(state, workspace, pullRequestEvent(state), {
        at,
        environment: { MODEL_AUTH: KEY },
        inputs: { 'predictor-origin': server.origin, 'github-token': TOKEN },
      });
      expect(result.code).toBe(2);
      expect(server.asked.length).toBeGreaterThan(0);
      expect(result.log).toMatch(/^::error /m);
      expect(tells(shownLog(result))).toBe(false);
      expect(shownLog(result)).not.toContain('rf_Live');
    },
    MINUTES,
  );
});
