import { z } from 'zod';
import { families } from '../perturb/perturbation.ts';

/** Raised when the run directory's files change in a way that older readers cannot take. */
export const SCHEMA_VERSION = 1;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const points = z.number().min(0).max(100).nullable();

const condition = z.discriminatedUnion('kind', [
  z.strictObject({ id: z.literal('clean'), kind: z.literal('clean') }),
  z.strictObject({
    id: z.string(),
    kind: z.literal('perturbed'),
    perturbation: z.string(),
    family: z.enum(families),
    severity: z.int().min(1).max(5),
    params: z.unknown(),
    version: z.int(),
  }),
]);

/** Counts behind a risk score (STATISTICS.md 1.3), pooled over images and classes. */
const risk = z.strictObject({
  /** Objects found on the original image that still exist in the changed one. */
  found: z.int().min(0),
  /** Of those, not found on the changed image. */
  lost: z.int().min(0),
  /** False detections on the changed image without a counterpart on the original. */
  spurious: z.int().min(0),
});

const conditionMetrics = z.strictObject({
  condition: z.string(),
  /** mAP@[.50:.95] x 100. Null where the condition has no ground truth. */
  map: points,
  /** AP at IoU .50 x 100. */
  ap50: points,
  /** AP@[.50:.95] x 100 of each class of the data set, in its order. */
  classes: z.array(points),
  /** The same at IoU .50. */
  classes50: z.array(points),
  /** Absent for the clean condition. */
  risk: risk.optional(),
});

function unlike(items: readonly { readonly id: string }[]): boolean {
  return new Set(items.map(({ id }) => id)).size === items.length;
}

const preprocess = z.strictObject({
  resize: z.enum(['letterbox', 'letterbox-top-left', 'stretch', 'none']),
  color: z.enum(['rgb', 'bgr']),
  scale: z.number(),
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number(), z.number(), z.number()]),
});

/** `run.json`: everything about a run but its detections and its ground truth. No clock: equal inputs, equal bytes. */
export const RunManifestSchema = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.string(),
  /** Raised when a metric gives other numbers for the same detections. */
  metricVersion: z.int().min(1).default(1),
  /** Digest of what decides the numbers: data set, suite, predictor settings, floor, seed. */
  configDigest: digest,
  model: z.strictObject({ file: z.string(), digest }),
  predictor: z.strictObject({
    kind: z.string(),
    /** Null where the model runs elsewhere, as for `preprocess` and `device`. */
    decoder: z.string().nullable(),
    /** What the decoder recognised the model by; null where there is no decoder. */
    evidence: z.string().nullable(),
    classes: z.array(z.string()),
    /** Null where the model takes every image at its own size, or runs elsewhere. */
    input: z.strictObject({ width: z.int(), height: z.int() }).nullable(),
    preprocess: preprocess.nullable(),
    /** Detections under this confidence are not kept. */
    floor: z.number(),
    /** IoU over which the weaker of two boxes of one class is dropped: null where the model's boxes are final, 1 where it was left to the model. */
    nms: z.number().nullable(),
    maxDetections: z.int(),
    device: z.string().nullable(),
    /** How pixels reached the model. */
    pixels: z.enum(['memory', 'png', 'jpeg']).default('memory'),
  }),
  /** Confidence at which risk and failure examples are counted, and where it comes from. */
  confidence: z.strictObject({ value: z.number(), source: z.enum(['config', 'f1']) }),
  /** The engine and the processor: scores may differ in the seventh digit between them. */
  engine: z.strictObject({ name: z.string(), version: z.string(), processor: z.string() }),
  dataset: z.strictObject({
    classes: z.array(z.string()),
    imagesDigest: digest,
    labelsDigest: digest,
    groups: z.int(),
  }),
  suite: z.strictObject({
    digest,
    seed: z.int(),
    conditions: z
      .array(condition)
      .refine(([first]) => first?.kind === 'clean', { error: 'the first one has to be clean' })
      .refine(unlike, { error: 'two have the same id' }),
  }),
  /** In rank order. */
  images: z
    .array(
      z.strictObject({
        id: z.string(),
        digest,
        labels: digest,
        group: z.string(),
        width: z.int(),
        height: z.int(),
      }),
    )
    .refine(unlike, { error: 'two have the same id' }),
  /** In the order of `suite.conditions`. */
  metrics: z.array(conditionMetrics),
  notes: z.array(z.string()),
  /** SHA-256 of the two Parquet files. */
  files: z.strictObject({ detections: digest, truth: digest }),
});

export type RunManifest = z.infer<typeof RunManifestSchema>;
export type ConditionMetrics = z.infer<typeof conditionMetrics>;
export type RiskCounts = z.infer<typeof risk>;
