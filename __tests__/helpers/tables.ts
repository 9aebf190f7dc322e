import type { DetectionTable, TruthTable } from '../../src/boxes/labels.ts';

type Box = readonly [x1: number, y1: number, x2: number, y2: number];

export interface TruthRow {
  readonly class?: number;
  readonly box: Box;
  readonly ignored?: boolean;
  readonly crowd?: boolean;
  /** Square pixels; the box's unless given. */
  readonly area?: number;
}

export interface DetectionRow {
  readonly class?: number;
  readonly box: Box;
  readonly confidence: number;
}

/** A truth table from the objects of each image. */
export function truthTable(images: readonly (readonly TruthRow[])[]): TruthTable {
  const rows = images.flat();
  return {
    offsets: offsetsOf(images),
    boxes: Float64Array.from(rows.flatMap(({ box }) => box)),
    classes: Int32Array.from(rows, (row) => row.class ?? 0),
    areas: Float64Array.from(
      rows,
      ({ area, box: [x1, y1, x2, y2] }) => area ?? (x2 - x1) * (y2 - y1),
    ),
    crowd: Uint8Array.from(rows, ({ crowd }) => Number(crowd ?? false)),
    ignored: Uint8Array.from(rows, ({ ignored }) => Number(ignored ?? false)),
  };
}

/** A detection table from the detections of each image. */
export function detectionTable(images: readonly (readonly DetectionRow[])[]): DetectionTable {
  const rows = images.flat();
  return {
    offsets: offsetsOf(images),
    boxes: Float64Array.from(rows.flatMap(({ box }) => box)),
    classes: Int32Array.from(rows, (row) => row.class ?? 0),
    confidences: Float64Array.from(rows, ({ confidence }) => confidence),
  };
}

function offsetsOf(images: readonly (readonly unknown[])[]): Uint32Array {
  let at = 0;
  return Uint32Array.of(0, ...images.map((rows) => (at += rows.length)));
}
