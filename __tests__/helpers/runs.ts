import type { RunManifest } from '../../src/baseline/manifest.ts';
import type { Run } from '../../src/baseline/run.ts';
import { SuiteSchema, suiteConditions } from '../../src/perturb/suite.ts';
import { drawDetections, drawTruth, uniform } from './scenes.ts';
import { detectionTable, type TruthRow, truthTable } from './tables.ts';

const digest = (digit: string): string => digit.repeat(64);

/** Clean, noise and blur at severities 1 and 3. */
export const conditions = suiteConditions(
  SuiteSchema.parse({ perturbations: ['gaussian_noise', 'gaussian_blur'], severities: [1, 3] }),
);

/** The manifest of a run of so many images, two to a group if asked. */
export function manifestOf(images: number, imagesOfGroup = 1): RunManifest {
  return {
    schemaVersion: 1,
    tool: '0',
    metricVersion: 1,
    configDigest: digest('0'),
    model: { file: 'model.onnx', digest: digest('1') },
    predictor: {
      kind: 'onnx',
      decoder: 'yolov8',
      evidence: 'output0 [1, 6, 8400]: 4 + 2 fields for each of 8400 boxes',
      classes: ['car', 'dog'],
      input: { width: 640, height: 640 },
      preprocess: {
        resize: 'letterbox',
        color: 'rgb',
        scale: 1,
        mean: [0, 0, 0],
        std: [1, 1, 1],
      },
      floor: 0.001,
      nms: 0.7,
      maxDetections: 300,
      device: 'cpu',
      pixels: 'memory',
    },
    confidence: { value: 0.4, source: 'config' },
    engine: { name: 'onnxruntime', version: '1', processor: 'x' },
    dataset: {
      classes: ['car', 'dog'],
      imagesDigest: digest('2'),
      labelsDigest: digest('3'),
      groups: Math.ceil(images / imagesOfGroup),
    },
    suite: { digest: digest('4'), seed: 0, conditions },
    images: Array.from({ length: images }, (_, rank) => ({
      id: `${rank}.jpg`,
      digest: rank.toString(16).padStart(64, '0'),
      labels: digest('5'),
      group: `${Math.floor(rank / imagesOfGroup)}`,
      width: 640,
      height: 480,
    })),
    metrics: [],
    notes: [],
    files: { detections: digest('6'), truth: digest('7') },
  };
}

/** Objects of the data set that all runs share. */
export function sharedTruth(images: number): TruthRow[][] {
  return drawTruth(images, uniform(99));
}

/** A model that finds objects with the given chance, condition by condition. */
export function drawRun(
  images: number,
  skills: readonly number[],
  seed: number,
  imagesOfGroup = 1,
): Run {
  const rows = sharedTruth(images);
  const truth = truthTable(rows);
  const manifest = manifestOf(images, imagesOfGroup);
  const files = { ...manifest.files, detections: digest((seed % 10).toString()) };
  return {
    manifest: { ...manifest, files },
    truth: () => Promise.resolve(truth),
    detections: (condition) =>
      Promise.resolve(
        detectionTable(
          // The same luck for every model: the pairs differ by skill alone.
          drawDetections(rows, skills[condition] ?? 0, uniform(1000 + condition)),
        ),
      ),
  };
}
