import type { Size } from '../image/image.ts';

/** How a geometric perturbation moves points: from the original image's frame to the changed image's. */
export interface Warp {
  /** Size of the changed image. */
  readonly size: Size;
  /** `[a, b, c, d, e, f]`: x' = a x + b y + c, y' = d x + e y + f; null where the map is not affine. */
  readonly affine: readonly [number, number, number, number, number, number] | null;
  /** Maps one point (continuous pixel coordinates, origin at the top left corner). */
  point(x: number, y: number): readonly [number, number];
}
