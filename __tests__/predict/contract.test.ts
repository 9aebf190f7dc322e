import { describe, expect, it } from '@jest/globals';
import type { Predictor } from '../../src/predict/predictor.ts';
import { command } from '../../src/predict/predictors/command.ts';
import { detectionsFile } from '../../src/predict/predictors/detections-file.ts';
import { http } from '../../src/predict/predictors/http.ts';
import { module } from '../../src/predict/predictors/module.ts';
import { onnx } from '../../src/predict/predictors/onnx.ts';
import { roboflow } from '../../src/predict/predictors/roboflow.ts';
import { predictorKinds } from '../../src/predict/registry.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { httpServer } from '../helpers/http.ts';
import { constantModel } from '../helpers/onnx.ts';
import { lineProgram, openIn, pictureOf, subject } from '../helpers/predictors.ts';

interface Found {
  readonly class: string;
  readonly confidence: number;
  readonly box: readonly [number, number, number, number];
}

/** A model that always finds the same, and what goes with it when it is closed. */
interface Opened extends AsyncDisposable {
  readonly predictor: Predictor;
}

interface Case {
  readonly kind: string;
  readonly open: (found: readonly Found[]) => Promise<Opened>;
}

const only = (predictor: Predictor): Opened => ({
  predictor,
  [Symbol.asyncDispose]: () => predictor[Symbol.asyncDispose](),
});

const withServer = async (
  answer: object,
  open: (origin: string) => Promise<Predictor>,
): Promise<Opened> => {
  const server = await httpServer(() => ({ status: 200, body: answer }));
  const predictor = await open(server.origin);
  return {
    predictor,
    async [Symbol.asyncDispose]() {
      await predictor[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
};

const constant = (found: readonly Found[]): Uint8Array => {
  const slots = Array.from({ length: 8 }, (_, i) => found[i]);
  const row = (of: (one: Found) => number): number[] => slots.map((one) => (one ? of(one) : 0));
  return constantModel({
    input: [1, 3, 48, 64],
    metadata: { names: "{0: 'Person', 1: 'Hardhat'}" },
    outputs: [
      {
        name: 'output0',
        dims: [1, 6, 8],
        values: [
          ...row(({ box: [x1, , x2] }) => (x1 + x2) / 2),
          ...row(({ box: [, y1, , y2] }) => (y1 + y2) / 2),
          ...row(({ box: [x1, , x2] }) => x2 - x1),
          ...row(({ box: [, y1, , y2] }) => y2 - y1),
          ...row((one) => (one.class === 'Person' ? one.confidence : 0)),
          ...row((one) => (one.class === 'Hardhat' ? one.confidence : 0)),
        ],
      },
    ],
  });
};

const cases: readonly Case[] = [
  {
    kind: 'onnx',
    open: async (found) =>
      only(await openIn(onnx, { model: 'm.onnx' }, {}, { 'm.onnx': constant(found) })),
  },
  {
    kind: 'roboflow',
    open: (found) =>
      withServer(
        {
          time: 0.1,
          image: { width: 64, height: 48 },
          predictions: found.map(({ class: of, confidence, box: [x1, y1, x2, y2] }) => ({
            x: (x1 + x2) / 2,
            y: (y1 + y2) / 2,
            width: x2 - x1,
            height: y2 - y1,
            class: of,
            class_id: 0,
            confidence,
          })),
        },
        (url) =>
          openIn(
            roboflow,
            { model: 'site/3', url },
            { origins: [url], environment: { ROBOFLOW_API_KEY: 'rf_key' } },
          ),
      ),
  },
  {
    kind: 'http',
    open: (found) =>
      withServer({ detections: found }, (origin) =>
        openIn(http, { url: `${origin}/p`, version: '1' }, { origins: [origin] }),
      ),
  },
  {
    kind: 'command',
    open: async (found) =>
      only(
        await openIn(
          command,
          { command: [process.execPath, 'p.cjs'] },
          { command: true },
          { 'p.cjs': lineProgram(`say({ id: line.id, detections: ${JSON.stringify(found)} })`) },
        ),
      ),
  },
  {
    kind: 'module',
    open: async (found) =>
      only(
        await openIn(
          module,
          { module: 'p.mjs' },
          { command: true },
          {
            'p.mjs': `export const predict = (images) => images.map(() => ${JSON.stringify(found)});`,
          },
        ),
      ),
  },
  {
    kind: 'detections-file',
    open: async (found) =>
      only(
        await openIn(
          detectionsFile,
          { path: 'results.json', images: 'images.json' },
          {},
          {
            'images.json': JSON.stringify({
              images: [{ id: 7, file_name: 'clean/0.png', width: 64, height: 48, ...subject }],
              categories: [
                { id: 1, name: 'Person' },
                { id: 2, name: 'Hardhat' },
              ],
            }),
            'results.json': JSON.stringify(
              found.map(({ class: of, confidence, box: [x1, y1, x2, y2] }) => ({
                image_id: 7,
                category_id: of === 'Person' ? 1 : 2,
                bbox: [x1, y1, x2 - x1, y2 - y1],
                score: confidence,
              })),
            ),
          },
        ),
      ),
  },
];

it('covers every predictor of the registry', () => {
  expect(cases.map(({ kind }) => kind)).toEqual(predictorKinds.map(({ name }) => name));
});

describe.each(cases)('$kind', ({ open }) => {
  it('gives detections in pixels, by class of the data set, the surest first, in float32', async () => {
    await using opened = await open([
      { class: 'Hardhat', confidence: 0.5, box: [2, 4, 12, 16] },
      { class: 'Person', confidence: 0.9, box: [10, 12, 30, 40] },
    ]);
    const { boxes, classes, confidences } = await opened.predictor.predict(pictureOf(), subject);
    expect([...classes]).toEqual([0, 1]);
    expect([...boxes]).toEqual([10, 12, 30, 40, 2, 4, 12, 16]);
    expect([...confidences]).toEqual([0.9, 0.5].map(Math.fround));
  });

  it('finds nothing where the model finds nothing', async () => {
    await using opened = await open([]);
    expect((await opened.predictor.predict(pictureOf(), subject)).classes).toHaveLength(0);
  });

  it('clips boxes to the image, and leaves out what is under the floor', async () => {
    await using opened = await open([
      { class: 'Person', confidence: 0.9, box: [-4, 40, 20, 60] },
      { class: 'Person', confidence: 0.0005, box: [1, 1, 9, 9] },
    ]);
    const { boxes, classes } = await opened.predictor.predict(pictureOf(), subject);
    expect([...boxes]).toEqual([0, 40, 20, 48]);
    expect(classes).toHaveLength(1);
  });

  it('ends with an error when the model answers a confidence over 1', async () => {
    await using opened = await open([{ class: 'Person', confidence: 7, box: [1, 1, 9, 9] }]);
    expect(await gateErrorOf(() => opened.predictor.predict(pictureOf(), subject))).toMatch(
      /answered 7 where a confidence from 0 to 1 was expected/,
    );
  });

  it('answers several at once, each for its own image', async () => {
    await using opened = await open([{ class: 'Person', confidence: 0.9, box: [10, 12, 30, 40] }]);
    const { predictor } = opened;
    const many = Array.from({ length: predictor.concurrency }, () =>
      predictor.predict(pictureOf(), subject),
    );
    for (const { boxes } of await Promise.all(many)) expect([...boxes]).toEqual([10, 12, 30, 40]);
  });

  it('says what it is: a digest of the model, and how pixels go to it', async () => {
    await using opened = await open([]);
    expect(opened.predictor.info.model.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(['memory', 'png']).toContain(opened.predictor.info.pixels);
  });
});

describe('the module predictor', () => {
  it('is not run unless that is allowed', async () => {
    const files = { 'p.mjs': 'throw new Error("was run")' };
    expect(await gateErrorOf(() => openIn(module, { module: 'p.mjs' }, {}, files))).toMatch(
      /nobody allowed that\n {2}fix: allow it: --allow-command/,
    );
  });

  it.each([
    ['throws', 'export const predict = () => { throw new Error("no GPU"); };', /threw: no GPU/],
    [
      'forgets an image',
      'export const predict = () => [];',
      /answered something else than detections/,
    ],
  ])('ends with an error when it %s', async (_, text, problem) => {
    await using predictor = await openIn(
      module,
      { module: 'p.mjs' },
      { command: true },
      { 'p.mjs': text },
    );
    expect(await gateErrorOf(() => predictor.predict(pictureOf(), subject))).toMatch(problem);
  });
});
