import type { Size } from '../image/image.ts';
import type { Warp } from './warp.ts';

/**
 * A warp by a matrix about the centre of the image, then a shift.
 *
 * @param matrix `[a, b, d, e]`: x' = a x + b y, y' = d x + e y.
 * @param shift  Pixels.
 */
export function aboutCentre(
  size: Size,
  [a, b, d, e]: readonly [number, number, number, number],
  [right, down]: readonly [number, number] = [0, 0],
): Warp {
  const [cx, cy] = [size.width / 2, size.height / 2];
  const c = cx - a * cx - b * cy + right;
  const f = cy - d * cx - e * cy + down;
  return {
    size,
    affine: [a, b, c, d, e, f],
    point: (x, y) => [a * x + b * y + c, d * x + e * y + f],
  };
}
