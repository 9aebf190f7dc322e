import type { Candidates } from './candidates.ts';

/**
 * Greedy non-maximum suppression within each class: a box goes when it overlaps a stronger kept one by more than `iou`.
 *
 * @param list  Candidates in the model's order, which decides among equal confidences.
 * @param iou   Intersection over union, 0 to 1.
 * @param limit Most boxes kept, over all classes.
 * @returns     Indexes into `list` by descending confidence.
 */
export function suppress(list: Candidates, iou: number, limit: number): number[] {
  const { boxes, classes, confidences, count } = list;
  const order = Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => confidences[b]! - confidences[a]! || a - b,
  );
  const keptOfClass = new Map<number, number[]>();
  const kept: number[] = [];
  for (const index of order) {
    if (kept.length === limit) break;
    const rivals = keptOfClass.get(classes[index]!) ?? [];
    if (rivals.some((rival) => overlaps(boxes, rival, index, iou))) continue;
    rivals.push(index);
    keptOfClass.set(classes[index]!, rivals);
    kept.push(index);
  }
  return kept;
}

function overlaps(boxes: Float64Array, a: number, b: number, iou: number): boolean {
  const i = 4 * a;
  const j = 4 * b;
  const width = Math.min(boxes[i + 2]!, boxes[j + 2]!) - Math.max(boxes[i]!, boxes[j]!);
  if (width <= 0) return false;
  const height = Math.min(boxes[i + 3]!, boxes[j + 3]!) - Math.max(boxes[i + 1]!, boxes[j + 1]!);
  if (height <= 0) return false;
  const shared = width * height;
  return shared > iou * (area(boxes, i) + area(boxes, j) - shared);
}

function area(boxes: Float64Array, at: number): number {
  return (boxes[at + 2]! - boxes[at]!) * (boxes[at + 3]! - boxes[at + 1]!);
}
