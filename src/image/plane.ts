import type { Size } from './image.ts';

/** One number a pixel, row-major. */
export interface Plane extends Size {
  readonly data: Float32Array;
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
function reflect101(index: number, length: number): number {
  if (length === 1) return 0;
  const turn = 2 * length - 2;
  const at = ((index % turn) + turn) % turn;
  return at < length ? at : turn - at;
}
