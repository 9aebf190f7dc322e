import type { Candidates } from './candidates.ts';

/** Candidates of one image beyond this many are refused by the order's key: 21 bits of index. */
const MAX_CANDIDATES = 2 ** 21;
/** Values of a kept box: its corners and its area. */
const FIELDS = 5;
const NONE = -1;

/** The boxes that are kept, each with the one of its class that was kept before it. */
interface KeptBoxes {
  count: number;
  readonly values: Float64Array;
  readonly before: Int32Array;
}

/**
 * Greedy non-maximum suppression within each class: a box goes when it overlaps a stronger kept one by more than `iou`.
 *
 * @param list  Candidates in the model's order, which decides among confidences that are equal as float32.
 * @param iou   Intersection over union, 0 to 1; null keeps all, the strongest first.
 * @param limit Most boxes kept, over all classes.
 * @returns     Indexes into `list` by descending confidence.
 * @throws RangeError for more than two million candidates.
 */
export function suppress(list: Candidates, iou: number | null, limit: number): number[] {
  const order = byConfidence(list);
  if (iou === null) return [...order.subarray(0, limit)];
  const most = Math.min(limit, order.length);
  const boxes = { count: 0, values: new Float64Array(FIELDS * most), before: new Int32Array(most) };
  const lastOfClass = new Map<number, number>();
  const kept: number[] = [];
  for (let i = 0; i < order.length && kept.length < limit; i++) {
    const index = order[i]!;
    const classIndex = list.classes[index]!;
    if (!keep(list.boxes, 4 * index, boxes, lastOfClass.get(classIndex) ?? NONE, iou)) continue;
    lastOfClass.set(classIndex, kept.length);
    kept.push(index);
  }
  return kept;
}

/** Keeps the box unless one of its class overlaps it too much: the `last` that was kept or one before it. */
function keep(
  boxes: Float64Array,
  at: number,
  kept: KeptBoxes,
  last: number,
  iou: number,
): boolean {
  const x1 = boxes[at]!;
  const y1 = boxes[at + 1]!;
  const x2 = boxes[at + 2]!;
  const y2 = boxes[at + 3]!;
  const area = (x2 - x1) * (y2 - y1);
  const { values, before } = kept;
  for (let rival = last; rival !== NONE; rival = before[rival]!) {
    const k = rival * FIELDS;
    const width = Math.min(x2, values[k + 2]!) - Math.max(x1, values[k]!);
    if (width <= 0) continue;
    const height = Math.min(y2, values[k + 3]!) - Math.max(y1, values[k + 1]!);
    if (height <= 0) continue;
    const shared = width * height;
    if (shared > iou * (area + values[k + 4]! - shared)) return false;
  }
  const to = kept.count++;
  const k = to * FIELDS;
  values[k] = x1;
  values[k + 1] = y1;
  values[k + 2] = x2;
  values[k + 3] = y2;
  values[k + 4] = area;
  before[to] = last;
  return true;
}

/** Indexes by descending confidence; equal ones keep their order. */
function byConfidence({ confidences, count }: Candidates): Uint32Array {
  if (count > MAX_CANDIDATES) {
    throw new RangeError(`the model proposed ${count} boxes, at most ${MAX_CANDIDATES} are read`);
  }
  // A non-negative float32 orders as its bits do: bits and index in one number sort without a comparator.
  const bits = new Uint32Array(new Float32Array(confidences.subarray(0, count)).buffer);
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = -(bits[i]! * MAX_CANDIDATES + (MAX_CANDIDATES - 1 - i));
  keys.sort();
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = MAX_CANDIDATES - 1 - (-keys[i]! % MAX_CANDIDATES);
  return order;
}
