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
  const rows = descendingRows(confidences);
  const classCount = classes.reduce((most, one) => Math.max(most, one + 1), 0);
  const starts = new Uint32Array(classCount + 1);
  for (const one of classes) starts[one + 1]! += 1;
  for (let one = 0; one < classCount; one++) starts[one + 1]! += starts[one]!;
  const sorted = {
    boxes: new Float64Array(boxes.length),
    classes: new Int32Array(classes.length),
    confidences: new Float64Array(classes.length),
  };
  for (const row of rows) {
    const at = starts[classes[row]!]!++;
    sorted.classes[at] = classes[row]!;
    sorted.confidences[at] = confidences[row]!;
    for (let k = 0; k < 4; k++) sorted.boxes[4 * at + k] = boxes[4 * row + k]!;
  }
  return sorted;
}

/** Predictors answer in that order already: then there is nothing to sort. */
function descendingRows(confidences: Float64Array): Uint32Array {
  const rows = Uint32Array.from({ length: confidences.length }, (_, row) => row);
  const inOrder = rows.every((row) => row === 0 || confidences[row - 1]! >= confidences[row]!);
  return inOrder ? rows : rows.sort((a, b) => confidences[b]! - confidences[a]! || a - b);
}
