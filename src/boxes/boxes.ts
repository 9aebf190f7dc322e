/** Area of the part that two boxes share, in square pixels. Boxes are four values of flat arrays, `[x1, y1, x2, y2]`. */
export function intersection(
  a: ArrayLike<number>,
  aOffset: number,
  b: ArrayLike<number>,
  bOffset: number,
): number {
  const width = Math.min(a[aOffset + 2]!, b[bOffset + 2]!) - Math.max(a[aOffset]!, b[bOffset]!);
  if (width <= 0) return 0;
  const height =
    Math.min(a[aOffset + 3]!, b[bOffset + 3]!) - Math.max(a[aOffset + 1]!, b[bOffset + 1]!);
  return height <= 0 ? 0 : width * height;
}

/** Area of one box of a flat array. */
export function boxArea(boxes: ArrayLike<number>, offset: number): number {
  return (boxes[offset + 2]! - boxes[offset]!) * (boxes[offset + 3]! - boxes[offset + 1]!);
}

/** Intersection over union, 0 to 1. */
export function iou(
  a: ArrayLike<number>,
  aOffset: number,
  b: ArrayLike<number>,
  bOffset: number,
): number {
  const shared = intersection(a, aOffset, b, bOffset);
  return shared === 0 ? 0 : shared / (boxArea(a, aOffset) + boxArea(b, bOffset) - shared);
}
