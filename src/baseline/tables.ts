import type { Detections } from '../boxes/labels.ts';

/** Columns of `detections.parquet`; boxes in pixels of the changed image. */
export const DETECTION_COLUMNS = {
  image: 'text',
  condition: 'text',
  class: 'text',
  confidence: 'float',
  x1: 'float',
  y1: 'float',
  x2: 'float',
  y2: 'float',
} as const;

/** Columns of `truth.parquet`; `object` numbers the objects of an image, the same in every condition. */
export const TRUTH_COLUMNS = {
  image: 'text',
  condition: 'text',
  object: 'int',
  class: 'text',
  x1: 'double',
  y1: 'double',
  x2: 'double',
  y2: 'double',
  area: 'double',
  crowd: 'boolean',
  ignored: 'boolean',
} as const;

/** The order of rows in the file: by class, then by descending confidence; equal ones keep the predictor's. */
export function sortDetections(detections: Detections): Detections {
  const { boxes, classes, confidences } = detections;
  const order = Array.from(classes.keys()).sort(
    (a, b) => classes[a]! - classes[b]! || confidences[b]! - confidences[a]! || a - b,
  );
  return {
    boxes: Float64Array.from(
      { length: boxes.length },
      (_, i) => boxes[4 * order[i >> 2]! + (i & 3)]!,
    ),
    classes: Int32Array.from(order, (row) => classes[row]!),
    confidences: Float64Array.from(order, (row) => confidences[row]!),
  };
}
