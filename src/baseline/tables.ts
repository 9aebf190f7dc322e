import type { DetectionTable, Detections, GroundTruth, TruthTable } from '../boxes/labels.ts';

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

/** One table of all images of a condition. */
export function joinDetections(images: readonly Detections[]): DetectionTable {
  return {
    offsets: offsetsOf(images),
    boxes: concat(Float64Array, images, ({ boxes }) => boxes),
    classes: concat(Int32Array, images, ({ classes }) => classes),
    confidences: concat(Float64Array, images, ({ confidences }) => confidences),
  };
}

/** One table of all images of a condition. */
export function joinTruth(images: readonly GroundTruth[]): TruthTable {
  return {
    offsets: offsetsOf(images),
    boxes: concat(Float64Array, images, ({ boxes }) => boxes),
    classes: concat(Int32Array, images, ({ classes }) => classes),
    areas: concat(Float64Array, images, ({ areas }) => areas),
    crowd: concat(Uint8Array, images, ({ crowd }) => crowd),
    ignored: concat(Uint8Array, images, ({ ignored }) => ignored),
  };
}

function offsetsOf(images: readonly { classes: Int32Array }[]): Uint32Array {
  const offsets = new Uint32Array(images.length + 1);
  images.forEach(({ classes }, i) => (offsets[i + 1] = offsets[i]! + classes.length));
  return offsets;
}

interface Numbers {
  readonly length: number;
  set(values: ArrayLike<number>, offset: number): void;
}

function concat<Image, Column extends Numbers & ArrayLike<number>>(
  Column: new (length: number) => Column,
  images: readonly Image[],
  column: (image: Image) => Column,
): Column {
  const result = new Column(images.reduce((sum, image) => sum + column(image).length, 0));
  let at = 0;
  for (const image of images) {
    result.set(column(image), at);
    at += column(image).length;
  }
  return result;
}
