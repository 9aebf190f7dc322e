import type { Warp } from '../boxes/warp.ts';
import type { Image } from './image.ts';

/**
 * The image under an affine warp: every pixel of the result is looked up at its origin, bilinear, black outside.
 *
 * @param warp Affine; maps continuous coordinates, so pixel centres lie at + 0.5.
 */
export function warpAffine(image: Image, { affine, size }: Pick<Warp, 'affine' | 'size'>): Image {
  if (!affine) throw new RangeError('the warp is not affine');
  const [a, b, c, d, e, f] = affine;
  const determinant = a * e - b * d;
  const out = new Uint8Array(size.width * size.height * 3);
  for (let y = 0, to = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, to += 3) {
      const movedX = x + 0.5 - c;
      const movedY = y + 0.5 - f;
      const u = (e * movedX - b * movedY) / determinant - 0.5;
      const v = (a * movedY - d * movedX) / determinant - 0.5;
      if (u > -1 && v > -1 && u < image.width && v < image.height) sample(image, u, v, out, to);
    }
  }
  return { ...size, data: out };
}

function sample(
  { width, height, data }: Image,
  u: number,
  v: number,
  out: Uint8Array,
  to: number,
): void {
  const x = Math.floor(u);
  const y = Math.floor(v);
  const right = u - x;
  const below = v - y;
  const w00 = x >= 0 && y >= 0 ? (1 - right) * (1 - below) : 0;
  const w10 = x + 1 < width && y >= 0 ? right * (1 - below) : 0;
  const w01 = x >= 0 && y + 1 < height ? (1 - right) * below : 0;
  const w11 = x + 1 < width && y + 1 < height ? right * below : 0;
  const at = (y * width + x) * 3;
  const next = at + width * 3;
  for (let k = 0; k < 3; k++) {
    // A weight of 0 belongs to a pixel outside; reading there gives undefined, which `| 0` makes 0.
    const value =
      w00 * (data[at + k]! | 0) +
      w10 * (data[at + 3 + k]! | 0) +
      w01 * (data[next + k]! | 0) +
      w11 * (data[next + 3 + k]! | 0);
    out[to + k] = value + 0.5;
  }
}
