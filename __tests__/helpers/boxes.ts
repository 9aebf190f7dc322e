import type { GroundTruth } from '../../src/boxes/labels.ts';

/** Objects of class 0 with these boxes, four values each. */
export function truthOf(boxes: readonly number[]): GroundTruth {
  const count = boxes.length / 4;
  return {
    boxes: Float64Array.from(boxes),
    classes: new Int32Array(count),
    areas: Float64Array.from(
      { length: count },
      (_, i) => (boxes[4 * i + 2]! - boxes[4 * i]!) * (boxes[4 * i + 3]! - boxes[4 * i + 1]!),
    ),
    crowd: new Uint8Array(count),
    ignored: new Uint8Array(count),
  };
}
