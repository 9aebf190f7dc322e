import type { Size } from './image.ts';

/** One number a pixel, row-major. */
export interface Plane extends Size {
  readonly data: Float64Array;
}

/** Index inside 0 to `length` - 1 that stands for one beyond the edge. */
export const edges = {
  nearest: (index: number, length: number) => Math.min(Math.max(index, 0), length - 1),
  reflect,
  reflect101,
};

/** What lies beyond an edge: the last value again, or the plane mirrored with or without its last value repeated. */
export type Edge = keyof typeof edges;

/** Index inside 0 to `length` - 1 that stands for any index, edges repeated in the mirror. */
export function reflect(index: number, length: number): number {
  const turn = 2 * length;
  const at = ((index % turn) + turn) % turn;
  return at < length ? at : turn - 1 - at;
}

/** Index inside 0 to `length` - 1 that stands for any index, edges not repeated in the mirror. */
export function reflect101(index: number, length: number): number {
  if (length === 1) return 0;
  const turn = 2 * length - 2;
  const at = ((index % turn) + turn) % turn;
  return at < length ? at : turn - at;
}

/**
 * Convolves rows with one kernel and columns with another.
 *
 * @param across An odd number of weights, as is `down`.
 */
export function convolvePlane(
  plane: Plane,
  across: Float64Array,
  down: Float64Array,
  edge: Edge,
): Plane {
  const { width, height } = plane;
  const inside = edges[edge];
  const radius = (across.length - 1) / 2;
  const rows = new Float64Array(plane.data.length);
  const padded = new Float64Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < padded.length; x++) {
      padded[x] = plane.data[y * width + inside(x - radius, width)]!;
    }
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < across.length; k++) sum += across[k]! * padded[x + k]!;
      rows[y * width + x] = sum;
    }
  }
  const data = new Float64Array(plane.data.length);
  const reach = (down.length - 1) / 2;
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < down.length; k++) {
      const from = inside(y + k - reach, height) * width;
      const weight = down[k]!;
      for (let x = 0; x < width; x++) {
        data[y * width + x] = data[y * width + x]! + weight * rows[from + x]!;
      }
    }
  }
  return { width, height, data };
}
