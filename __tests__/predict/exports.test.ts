import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { decodeImage } from '../../src/image/codec.ts';
import type { Image } from '../../src/image/image.ts';
import { decoders } from '../../src/predict/decode/registry.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import { nothingAllowed } from '../helpers/context.ts';
import { onnx } from '../../src/predict/predictors/onnx.ts';
import { contextOf } from '../helpers/context.ts';
import { differences, type ExportGolden, exportGoldens } from '../helpers/exports.ts';
import { constantModel } from '../helpers/onnx.ts';
import { subject } from '../helpers/predictors.ts';
import { folderOf, temporaryDirectory } from '../helpers/tmp.ts';

// Opens every model.
jest.setTimeout(60_000);

const NAMES = ['Person', 'Hardhat', 'Mask'];

/** A model that gives the recorded answer, whatever the image. */
function replay({ metadata, inputs, outputs }: ExportGolden): Uint8Array {
  const [input] = inputs;
  return constantModel({
    input: input!.dims,
    inputType: input!.type === 'tensor(float16)' ? 'float16' : 'float32',
    metadata,
    outputs: outputs.map(({ name, type, dims, data }) => ({
      name,
      type,
      dims,
      values: numbers(type, Buffer.from(data, 'base64')),
    })),
  });
}

function numbers(type: ExportGolden['outputs'][number]['type'], bytes: Buffer): ArrayLike<number> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  switch (type) {
    case 'float32':
      return new Float32Array(buffer);
    case 'float16':
      return new Uint16Array(buffer);
    case 'int64':
      return Array.from(new BigInt64Array(buffer), Number);
  }
}

async function open(golden: ExportGolden, more: Record<string, unknown> = {}): Promise<Predictor> {
  const directory = await folderOf({ 'm.onnx': replay(golden) });
  const options = onnx.options.parse({
    kind: 'onnx',
    model: 'm.onnx',
    nms: 0.7,
    ...golden.config,
    ...more,
  });
  return onnx.open(options, {
    ...contextOf(directory, directory),
    classes: NAMES,
    workers: 1,
  });
}

const grey = ({ image: { width, height } }: ExportGolden): Image => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(128),
});

const goldens = exportGoldens();

describe.each(goldens.map((golden) => [golden.name, golden] as const))(
  'the export %s',
  (_, golden) => {
    it('gives the boxes that its framework gives', async () => {
      await using predictor = await open(golden);
      const found = await predictor.predict(grey(golden), subject);
      expect(golden.boxes.length).toBeGreaterThan(5);
      expect(differences(golden, found)).toEqual({ missing: [], extra: [] });
    });
  },
);

/** Where make_exports.py left the models themselves, with images and goldens; without it there is nothing to run. */
const real = process.env['REAL_EXPORTS'];
const rounding = { confidence: 0.01, pixels: 0.6 };

(real === undefined ? describe.skip : describe)('the real model', () => {
  const made = real === undefined ? [] : exportGoldens(real);
  it.each(made.map((golden) => [golden.name, golden] as const))(
    '%s finds in the image what its framework finds',
    async (name, golden) => {
      const directory = real ?? '';
      const model = { kind: 'onnx', model: `${name}.onnx`, ...golden.config };
      await using predictor = await onnx.open(onnx.options.parse(model), {
        location: { directory, root: null },
        classes: NAMES,
        allowed: nothingAllowed,
        cacheDirectory: directory,
        workers: 1,
      });
      const found = await predictor.predict(await decodeImage(join(directory, `${name}.png`)), {
        digest: '',
        condition: 'clean',
      });
      const { missing, extra } = differences(golden, found, rounding);
      // Where boxes tie or lie at the limit of 300, a pixel that is rounded the other way decides.
      expect(missing.length + extra.length).toBeLessThanOrEqual(golden.boxes.length / 20);
    },
  );
});

/** What the published formulas find: make_decoded.py. */
const Published = z.object({
  picture: z.string(),
  boxes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  confidences: z.array(z.number()),
  classes: z.array(z.number()),
});
const stock = process.env['REAL_MODELS'] ?? join(import.meta.dirname, '../../../shared/models');

(existsSync(stock) ? describe : describe.skip)('the stock model', () => {
  it.each(['yolox-nano-coco', 'nanodet-m-416-coco'])(
    '%s finds what the formulas of its repository find',
    async (name) => {
      const file = join(import.meta.dirname, `../goldens/decode/published/${name}.json`);
      const published = Published.parse(JSON.parse(readFileSync(file, 'utf8')));
      const names = Array.from({ length: 80 }, (_, i) => `class ${i}`);
      const model = { kind: 'onnx', model: `${name}.onnx`, names };
      await using predictor = await onnx.open(onnx.options.parse(model), {
        location: { directory: stock, root: null },
        classes: names,
        allowed: nothingAllowed,
        cacheDirectory: await temporaryDirectory(),
        workers: 1,
      });
      const photo = `../../examples/construction-site/images/test/${published.picture}`;
      const image = await decodeImage(join(import.meta.dirname, photo));
      const found = await predictor.predict(image, subject);
      const tolerance = { confidence: 0.005, pixels: 0.3 };
      const { missing, extra } = differences(published, found, tolerance);
      expect(missing.length + extra.length).toBeLessThanOrEqual(published.boxes.length / 20);
    },
  );
});

describe('decoder: auto', () => {
  it('says what it recognised, and by what', async () => {
    const said: Record<string, string> = {};
    for (const golden of goldens) {
      await using predictor = await open(golden);
      const { decoder, evidence, nms, notes } = predictor.info;
      said[golden.name] =
        `${decoder}: ${evidence}${nms === null ? '; final' : ''}${notes.map((note) => ` / ${note}`).join('')}`;
    }
    expect(said).toMatchInlineSnapshot(`
{
  "detr": "detr: logits [1, 40, 4] and pred_boxes [1, 40, 4]: 3 classes by a softmax with "no object", boxes as fractions of the input; final",
  "detr-mask": "detr: logits [1, 40, 4] and pred_boxes [1, 40, 4]: 3 classes by a softmax with "no object", boxes as fractions of the input; final",
  "rt-detr": "rt-detr: logits [1, 300, 3] and pred_boxes [1, 300, 4]: 3 classes by a sigmoid each, boxes as fractions of the input; final",
  "torchvision-fasterrcnn": "torchvision: boxes [60, 4], labels [60], scores [60]: boxes, labels and scores; final",
  "torchvision-retinanet-fixed": "torchvision: boxes [60, 4], scores [60], labels [60]: boxes, labels and scores; final",
  "torchvision-ssdlite": "torchvision: boxes [60, 4], scores [60], labels [60]: boxes, labels and scores; final",
  "ultralytics-rtdetr": "rt-detr: output0 [1, 300, 6]: boxes as fractions of the input, confidence and class for each query; final",
  "ultralytics-rtdetr-dynamic": "rt-detr: output0 [1, 300, 6]: boxes as fractions of the input, confidence and class for each query; final",
  "ultralytics-rtdetr-half": "rt-detr: output0 [1, 300, 6]: boxes as fractions of the input, confidence and class for each query; final",
  "ultralytics-rtdetr-scores": "rt-detr: output0 [1, 300, 7]: boxes as fractions of the input, 3 classes for each query; final",
  "yolo11": "yolov8: output0 [1, 7, 336]: 4 + 3 fields for each of 336 boxes",
  "yolo11-nms": "end2end: output0 [1, 300, 6]: corners, confidence and class; the metadata says that boxes are final; final",
  "yolo12": "yolov8: output0 [1, 7, 336]: 4 + 3 fields for each of 336 boxes",
  "yolo26": "end2end: output0 [1, 300, 6]: corners, confidence and class; the metadata says that boxes are final; final",
  "yolo26-one-to-many": "yolov8: output0 [1, 7, 336]: 4 + 3 fields for each of 336 boxes",
  "yolo26-segment": "end2end: output0 [1, 300, 38]: corners, confidence and class, 32 mask coefficients; the metadata says that boxes are final; final / A segmentation model: its boxes are judged, its masks are not.",
  "yolov10": "end2end: output0 [1, 300, 6]: corners, confidence and class; the metadata says that boxes are final; final",
  "yolov5u": "yolov8: output0 [1, 7, 336]: 4 + 3 fields for each of 336 boxes",
  "yolov8": "yolov8: output0 [1, 7, 336]: 4 + 3 fields for each of 336 boxes",
  "yolov8-dynamic": "yolov8: output0 [1, 7, 315]: 4 + 3 fields for each of 315 boxes",
  "yolov8-float16": "yolov8: output0 [1, 7, 336]: 4 + 3 fields for each of 336 boxes",
  "yolov8-half": "yolov8: output0 [1, 7, 336]: 4 + 3 fields for each of 336 boxes",
  "yolov8-int8": "yolov8: output0 [1, 7, 336]: 4 + 3 fields for each of 336 boxes",
  "yolov8-nms": "end2end: output0 [1, 300, 6]: corners, confidence and class; the metadata says that boxes are final; final",
  "yolov8-nms-dynamic": "end2end: output0 [1, 300, 6]: corners, confidence and class; the metadata says that boxes are final; final",
  "yolov8-pose": "yolov8: output0 [1, 58, 336]: 4 + 3 + key points fields for each of 336 boxes / A pose model: its boxes are judged, its key points are not.",
  "yolov8-rectangular": "yolov8: output0 [1, 7, 315]: 4 + 3 fields for each of 315 boxes",
  "yolov8-segment": "yolov8: output0 [1, 39, 336]: 4 + 3 + 32 mask coefficients fields for each of 336 boxes / A segmentation model: its boxes are judged, its masks are not.",
  "yolov9": "yolov8: output0 [1, 7, 336]: 4 + 3 fields for each of 336 boxes",
}
`);
  });

  it('takes the same decoder when it is named', async () => {
    for (const golden of goldens) {
      await using found = await open(golden);
      await using named = await open(golden, { decoder: found.info.decoder });
      expect(named.info).toEqual(found.info);
    }
  });

  it('has names that the registry gives once', () => {
    const names = decoders.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
