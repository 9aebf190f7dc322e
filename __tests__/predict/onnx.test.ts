import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Image } from '../../src/image/image.ts';
import { onnx } from '../../src/predict/predictors/onnx.ts';
import { subject } from '../helpers/predictors.ts';
import { nothingAllowed } from '../helpers/context.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { constantModel, type ConstantOutput } from '../helpers/onnx.ts';
import { folderOf } from '../helpers/tmp.ts';

const grey = (width: number, height: number): Image => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(128),
});

const NAMES = "{0: 'Person', 1: 'Hardhat'}";

/** A YOLOv8-style output: fields x boxes. */
const yolov8Output = (
  boxes: readonly (readonly number[])[],
  transposed = false,
): ConstantOutput => {
  const fields = boxes[0]?.length ?? 0;
  const rows = transposed
    ? boxes
    : Array.from({ length: fields }, (_, i) => boxes.map((box) => box[i] ?? 0));
  return {
    name: 'output0',
    dims: transposed ? [1, boxes.length, fields] : [1, fields, boxes.length],
    values: rows.flat(),
  };
};

async function open(
  model: Uint8Array | string,
  options: Record<string, unknown> = {},
  classes: readonly string[] = ['Person', 'Hardhat'],
) {
  const directory = await folderOf({ 'm.onnx': model });
  return onnx.open(onnx.options.parse({ kind: 'onnx', model: 'm.onnx', ...options }), {
    location: { directory, root: directory },
    classes,
    allowed: nothingAllowed,
    cacheDirectory: directory,
    workers: 1,
  });
}

const rounded = (values: Iterable<number>): number[] =>
  [...values].map((value) => Math.round(value * 1000) / 1000);

const pad = (count: number): number[][] => Array.from({ length: count }, () => [0, 0, 0, 0, 0, 0]);

describe.each([
  ['fields first', false],
  ['boxes first', true],
])('a YOLOv8-style output, %s', (_, transposed) => {
  const model = constantModel({
    input: [1, 3, 64, 64],
    metadata: { names: NAMES },
    outputs: [
      yolov8Output(
        [
          [32, 32, 20, 10, 0.9, 0.2],
          [33, 32, 20, 10, 0.8, 0.1],
          [10, 20, 8, 8, 0.0005, 0.6],
          ...pad(20),
        ],
        transposed,
      ),
    ],
  });

  it('gives boxes of the image, strongest first, suppressed class by class', async () => {
    await using predictor = await open(model);
    expect(predictor.info).toMatchObject({ decoder: 'yolov8', classes: ['Person', 'Hardhat'] });
    // 128 x 64 is halved into 64 x 32 with 16 rows of border above.
    const found = await predictor.predict(grey(128, 64), subject);
    expect(rounded(found.confidences)).toEqual([0.9, 0.6, 0.2]);
    expect([...found.classes]).toEqual([0, 1, 1]);
    expect(rounded(found.boxes.subarray(0, 4))).toEqual([44, 22, 84, 42]);
  });

  it('leaves out what is at or under the floor', async () => {
    await using predictor = await open(model);
    const found = await predictor.predict(grey(64, 64), subject);
    expect(Math.min(...found.confidences)).toBeGreaterThan(0.001);
  });
});

describe('a YOLOX output', () => {
  it('is read cell by cell with exponential sizes and objectness', async () => {
    // 32 x 32: 16 cells of stride 8, 4 of 16, 1 of 32.
    const cells = Array.from({ length: 21 }, () => [0, 0, 0, 0, 0, 0, 0]);
    cells[5] = [0.5, 0.5, Math.log(1), Math.log(2), 0.8, 0.5, 0];
    cells[20] = [0.5, 0.5, Math.log(0.5), Math.log(0.5), 0.5, 0, 1];
    const model = constantModel({
      input: [1, 3, 32, 32],
      outputs: [{ name: 'output', dims: [1, 21, 7], values: cells.flat() }],
    });
    await using predictor = await open(model);
    expect(predictor.info).toMatchObject({
      decoder: 'yolox',
      preprocess: { resize: 'letterbox-top-left', color: 'bgr', scale: 1 },
    });
    expect(predictor.info.notes.join(' ')).toMatch(/names no classes/);
    const found = await predictor.predict(grey(32, 32), subject);
    expect(rounded(found.confidences)).toEqual([0.5, 0.4]);
    expect(rounded(found.boxes)).toEqual([8, 8, 24, 24, 8, 4, 16, 20]);
  });
});

describe('classes', () => {
  const model = constantModel({
    input: [1, 3, 64, 64],
    metadata: { names: "{0: 'car', 1: 'bus', 2: 'zebra'}" },
    outputs: [
      yolov8Output([[32, 32, 20, 10, 0.9, 0.7, 0.5], ...pad(20).map((box) => [...box, 0])]),
    ],
  });

  it('map many to one before suppression; unmapped ones are left out and told', async () => {
    await using predictor = await open(model, { classes: { car: 'vehicle', bus: 'vehicle' } }, [
      'vehicle',
      'Person',
    ]);
    const found = await predictor.predict(grey(64, 64), subject);
    expect([...found.classes]).toEqual([0]);
    expect(predictor.info.notes.join(' ')).toMatch(/left out: zebra/);
    expect(predictor.info.notes.join(' ')).toMatch(/count as AP 0: Person/);
  });

  it('without one in common are refused with both lists', async () => {
    expect(await gateErrorOf(() => open(model))).toMatch(
      /no class in common.*car, bus, zebra.*Person, Hardhat\n {2}fix: map them/,
    );
  });

  it('that a renaming names but nobody has are refused', async () => {
    const text = await gateErrorOf(() =>
      open(model, { classes: { cat: 'Person', car: 'vehicel' } }),
    );
    expect(text).toMatch(/the model has no class "cat"/);
    expect(text).toMatch(/the data set has no class "vehicel"/);
  });
});

describe('a model that cannot be used', () => {
  const fine = (values: number[]) =>
    constantModel({
      input: [1, 3, 64, 64],
      metadata: { names: NAMES },
      outputs: [yolov8Output([values, ...pad(20)])],
    });

  it.each([
    ['is text', 'hello', /not an ONNX model: m\.onnx/],
    ['is empty', '', /not an ONNX model/],
    [
      'is a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:1\n',
      /Git LFS pointer/,
    ],
    [
      'keeps weights elsewhere',
      constantModel({
        input: [1, 3, 8, 8],
        outputs: [{ name: 'o', dims: [1], values: [0] }],
        externalData: 'initializer',
      }),
      /keeps weights in another file/,
    ],
    [
      'hides weights elsewhere inside a node',
      constantModel({
        input: [1, 3, 8, 8],
        outputs: [{ name: 'o', dims: [1], values: [0] }],
        externalData: 'constant',
      }),
      /keeps weights in another file/,
    ],
  ])('because it %s is refused', async (_, model, message) => {
    expect(await gateErrorOf(() => open(model))).toMatch(message);
  });

  it('because no decoder knows its output is refused with the shapes', async () => {
    const model = constantModel({
      input: [1, 3, 64, 64],
      metadata: { names: NAMES },
      outputs: [{ name: 'boxes', dims: [1, 7, 9], values: Array(63).fill(0) }],
    });
    expect(await gateErrorOf(() => open(model))).toMatch(
      /no decoder knows the output: boxes \[1, 7, 9\]; input 64 x 64, 2 class names\n {2}fix: set predictor\.decoder to one of .*yolox.*yolov8/,
    );
  });

  it('because it is not there is refused', async () => {
    expect(await gateErrorOf(() => open('x', { model: 'other.onnx' }))).toMatch(
      /model file was not found: other\.onnx/,
    );
  });

  it('because it lies outside the workspace is refused', async () => {
    expect(
      await gateErrorOf(() => open('x', { model: join('..', '..', 'etc', 'passwd') })),
    ).toMatch(/leaves the workspace/);
  });

  it('because it answers NaN is an error, never "no detections"', async () => {
    await using predictor = await open(fine([32, 32, 20, 10, Number.NaN, 0]));
    expect(await gateErrorOf(() => predictor.predict(grey(64, 64), subject))).toMatch(
      /answered NaN/,
    );
  });

  it('because its scores are no probabilities is an error', async () => {
    await using predictor = await open(fine([32, 32, 20, 10, 7.5, 0]));
    expect(await gateErrorOf(() => predictor.predict(grey(64, 64), subject))).toMatch(
      /answered 7\.5 where a confidence/,
    );
  });

  it('because a box is not finite is an error', async () => {
    await using predictor = await open(fine([Number.POSITIVE_INFINITY, 32, 20, 10, 0.5, 0]));
    expect(await gateErrorOf(() => predictor.predict(grey(64, 64), subject))).toMatch(
      /not a number/,
    );
  });
});

describe('a head that no framework could be asked about', () => {
  const grid = (cells: number, row: (cell: number) => readonly number[]): number[] =>
    Array.from({ length: cells }, (_, cell) => row(cell)).flat();
  /** So certain that the softmax leaves one bin. */
  const bin = (at: number): number[] => Array.from({ length: 8 }, (_, i) => (i === at ? 50 : -50));

  it('is NanoDet’s, an output pair for each stride: distances from the middle of the cell', async () => {
    // 32 x 32: 16 cells of stride 8, 4 of 16, 1 of 32.
    const pairs = [16, 4, 1].flatMap((cells, level) => [
      {
        name: `scores${level}`,
        dims: [1, cells, 2],
        values: grid(cells, (cell) => (level === 1 && cell === 3 ? [0.1, 0.8] : [0, 0])),
      },
      {
        name: `distances${level}`,
        dims: [1, cells, 32],
        values: grid(cells, () => [...bin(1), ...bin(0), ...bin(0), ...bin(8)]),
      },
    ]);
    const model = constantModel({ input: [1, 3, 32, 32], outputs: pairs });
    await using predictor = await open(model);
    expect(predictor.info).toMatchObject({ decoder: 'nanodet', preprocess: { color: 'bgr' } });
    const found = await predictor.predict(grey(32, 32), subject);
    expect(rounded(found.confidences)).toEqual([0.8, 0.1]);
    // Cell 3 of stride 16 has its middle at 16 + 7.5; equal bins mean 3.5.
    expect(rounded(found.boxes.subarray(0, 4))).toEqual([7.5, 23.5, 23.5, 32]);
  });

  it('is NanoDet-Plus’, one output with a fourth stride: distances from the corner of the cell', async () => {
    const model = constantModel({
      input: [1, 3, 64, 64],
      outputs: [
        {
          name: 'output',
          dims: [1, 85, 34],
          // 64 cells of stride 8, 16 of 16, 4 of 32, 1 of 64.
          values: grid(85, (cell) => [
            cell === 64 + 5 ? 0.9 : 0,
            0,
            ...bin(1),
            ...bin(0),
            ...bin(2),
            ...bin(1),
          ]),
        },
      ],
    });
    await using predictor = await open(model);
    const found = await predictor.predict(grey(64, 64), subject);
    expect(predictor.info.decoder).toBe('nanodet');
    expect(rounded(found.boxes)).toEqual([0, 16, 48, 32]);
  });

  it('is YOLOv5’s with anchors: objectness times class', async () => {
    const model = constantModel({
      input: [1, 3, 32, 32],
      metadata: { names: NAMES },
      outputs: [
        {
          name: 'output0',
          dims: [1, 63, 7],
          values: grid(63, (row) =>
            row === 40 ? [16, 8, 8, 4, 0.5, 0.2, 0.8] : [0, 0, 0, 0, 0, 0, 0],
          ),
        },
      ],
    });
    await using predictor = await open(model);
    const found = await predictor.predict(grey(32, 32), subject);
    expect(predictor.info.decoder).toBe('yolov5');
    expect(rounded(found.confidences)).toEqual([0.4, 0.1]);
    expect(rounded(found.boxes.subarray(0, 4))).toEqual([12, 6, 20, 10]);
  });

  it('is FastestDet’s: powers of objectness and class', async () => {
    const fields = [1, 0, 0, 0, 0, 0.5 ** 2.5, 0];
    const model = constantModel({
      input: [1, 3, 32, 32],
      outputs: [
        {
          name: 'o',
          dims: [1, 7, 2, 2],
          values: fields.flatMap((value) => [0, 0, 0, value]),
        },
      ],
    });
    await using predictor = await open(model);
    const found = await predictor.predict(grey(32, 32), subject);
    expect(predictor.info.decoder).toBe('fastestdet');
    expect(rounded(found.confidences)).toEqual([0.5]);
    // sigmoid(0) is half of the input.
    expect(rounded(found.boxes)).toEqual([8, 8, 24, 24]);
  });
});

describe('a model whose boxes are final', () => {
  const rows = (classes: readonly number[]): ConstantOutput => ({
    name: 'output0',
    dims: [1, classes.length, 6],
    values: classes.flatMap((of) => [8, 8, 24, 24, 0.9, of]),
  });

  it('is recognised without metadata by its whole class numbers, and nothing is suppressed', async () => {
    const model = constantModel({
      input: [1, 3, 64, 64],
      metadata: { names: NAMES },
      outputs: [rows([0, 0, 1])],
    });
    await using predictor = await open(model);
    expect(predictor.info).toMatchObject({ decoder: 'end2end', nms: null });
    expect([...(await predictor.predict(grey(64, 64), subject)).classes]).toEqual([0, 0, 1]);
  });

  it('that answers a class it does not have is an error', async () => {
    const model = constantModel({
      input: [1, 3, 64, 64],
      metadata: { names: NAMES },
      outputs: [rows([0, 2, 0])],
    });
    await using predictor = await open(model);
    expect(await gateErrorOf(() => predictor.predict(grey(64, 64), subject))).toMatch(
      /answered class 2, it has 2 class names/,
    );
  });
});

describe('what is no detector with upright boxes', () => {
  it('is refused without metadata, too, when it answers scores without boxes', async () => {
    const outputs = [{ name: 'logits', dims: [1, 5], values: [0, 0, 1, 0, 0] }];
    const model = constantModel({ input: [1, 3, 64, 64], metadata: {}, outputs });
    expect(await gateErrorOf(() => open(model))).toMatch(
      /answers logits \[1, 5\], scores without boxes, as a classifier does/,
    );
  });

  it.each([
    ['classify', /is a classifier, and the gate judges detectors/],
    ['obb', /oriented boxes/],
  ])('is refused by name: %s', async (task, message) => {
    const model = constantModel({
      input: [1, 3, 64, 64],
      metadata: { names: NAMES, task },
      outputs: [{ name: 'output0', dims: [1, 2], values: [0.5, 0.5] }],
    });
    expect(await gateErrorOf(() => open(model))).toMatch(message);
  });
});

describe('a model that takes images of any size', () => {
  const labels = { name: 'labels', dims: [2], values: [1, 2], type: 'int64' } as const;
  const model = constantModel({
    input: [3, 'height', 'width'],
    outputs: [
      { name: 'boxes', dims: [2, 4], values: [1, 2, 30, 40, 5, 5, 50, 20] },
      labels,
      { name: 'scores', dims: [2], values: [0.4, 0.9] },
    ],
  });

  it('is fed each image as it is', async () => {
    await using predictor = await open(model);
    expect(predictor.info).toMatchObject({
      decoder: 'torchvision',
      input: null,
      preprocess: { resize: 'none' },
      nms: null,
    });
    const found = await predictor.predict(grey(100, 60), subject);
    expect(rounded(found.boxes)).toEqual([5, 5, 50, 20, 1, 2, 30, 40]);
    // Labels count from 1.
    expect([...found.classes]).toEqual([1, 0]);
  });

  it('counts labels from the background where the names do', async () => {
    await using predictor = await open(model, {
      names: ['__background__', 'Person', 'Hardhat'],
    });
    expect([...(await predictor.predict(grey(100, 60), subject)).classes]).toEqual([1, 0]);
  });

  it('cannot be told to resize without a size', async () => {
    expect(await gateErrorOf(() => open(model, { preprocess: { resize: 'stretch' } }))).toMatch(
      /takes images of any size\n {2}fix: leave it out, or set predictor\.input/,
    );
  });
});
