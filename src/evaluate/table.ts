import type { DetectionTable } from '../boxes/labels.ts';
import { descendingOrder, reordered } from './order.ts';

/** Rows of a table, class by class: those of class c are `rows[starts[c]]` to `rows[starts[c + 1] - 1]`. */
export interface RowsByClass {
  readonly rows: Uint32Array;
  readonly starts: Uint32Array;
}

/**
 * Rows class by class, each class in the order that is given.
 *
 * @param order Every row once.
 * @param keys  Class of each row, 0 to `count` - 1.
 */
export function groupRows(order: Uint32Array, keys: Int32Array, count: number): RowsByClass {
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < keys.length; row++) starts[keys[row]! + 1]! += 1;
  for (let key = 0; key < count; key++) starts[key + 1]! += starts[key]!;
  const next = starts.slice();
  const rows = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    rows[next[keys[row]!]!++] = row;
  }
  return { rows, starts };
}

/** Rows in the order of the table. */
export function rowsInOrder(count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/** Image of each row of a table. */
export function imagesOf(offsets: Uint32Array): Int32Array {
  const images = new Int32Array(offsets[offsets.length - 1]!);
  for (let image = 0; image + 1 < offsets.length; image++) {
    images.fill(image, offsets[image], offsets[image + 1]);
  }
  return images;
}

/**
 * The same detections, those of an image class by class, those of a class by descending confidence; equal ones
 * keep their order. Run directories have them so already.
 */
export function orderedTable(table: DetectionTable, classCount: number): DetectionTable {
  if (inOrder(table)) return table;
  const { offsets, boxes, classes, confidences } = table;
  const ofClass = groupRows(descendingOrder(confidences), classes, classCount).rows;
  const order = groupRows(ofClass, imagesOf(offsets), offsets.length - 1).rows;
  const count = order.length;
  const moved = new Float64Array(4 * count);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < 4; k++) moved[4 * i + k] = boxes[4 * order[i]! + k]!;
  }
  return {
    offsets,
    boxes: moved,
    classes: reordered(classes, order, new Int32Array(count)),
    confidences: reordered(confidences, order, new Float64Array(count)),
  };
}

function inOrder({ offsets, classes, confidences }: DetectionTable): boolean {
  for (let image = 0; image + 1 < offsets.length; image++) {
    for (let row = offsets[image]! + 1; row < offsets[image + 1]!; row++) {
      const [before, now] = [classes[row - 1]!, classes[row]!];
      if (before > now) return false;
      if (before === now && confidences[row - 1]! < confidences[row]!) return false;
    }
  }
  return true;
}
