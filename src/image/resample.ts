import type { Warp } from '../boxes/warp.ts';
import { roundHalfEven } from './exact.ts';
import type { Image, Size } from './image.ts';

// OpenCV's remap: origins in steps of 1/32 pixel, found from a map in steps of 1/1024.
const STEPS = 32;
const MAP_STEPS = 1024;

/**
 * The image under an affine warp: every pixel of the result is looked up at its origin, bilinear, black outside.
 *
 * @param warp Affine; maps continuous coordinates, so pixel centres lie at + 0.5.
 * @throws RangeError when the warp is not affine.
 * @see OpenCV 4 `warpAffine`, whose fixed-point origins and weights these are.
 */
export function warpAffine(image: Image, { affine, size }: Pick<Warp, 'affine' | 'size'>): Image {
  if (!affine) throw new RangeError('the warp is not affine');
  const [a, b, c, d, e, f] = affine;
  const determinant = a * e - b * d;
  const [ux, uy, vx, vy] = [e / determinant, -b / determinant, -d / determinant, a / determinant];
  const u0 = ux * (0.5 - c) + uy * (0.5 - f) - 0.5;
  const v0 = vx * (0.5 - c) + vy * (0.5 - f) - 0.5;
  const acrossU = Int32Array.from({ length: size.width }, (_, x) => Math.round(ux * x * MAP_STEPS));
  const acrossV = Int32Array.from({ length: size.width }, (_, x) => Math.round(vx * x * MAP_STEPS));
  const out = new Uint8Array(size.width * size.height * 3);
  const half = MAP_STEPS / STEPS / 2;
  for (let y = 0, to = 0; y < size.height; y++) {
    const startU = Math.round((uy * y + u0) * MAP_STEPS) + half;
    const startV = Math.round((vy * y + v0) * MAP_STEPS) + half;
    for (let x = 0; x < size.width; x++, to += 3) {
      sample(image, (startU + acrossU[x]!) >> 5, (startV + acrossV[x]!) >> 5, out, to);
    }
  }
  return { ...size, data: out };
}

/**
 * The image under any map: every pixel of the result is looked up at its origin, bilinear, black outside.
 *
 * @param origin Writes the origin of the pixel (x, y) into `at`; all count pixel centres as whole numbers.
 * @see OpenCV 4 `remap`
 */
export function remap(
  image: Image,
  size: Size,
  origin: (x: number, y: number, at: Float64Array) => void,
): Image {
  const out = new Uint8Array(size.width * size.height * 3);
  const at = new Float64Array(2);
  for (let y = 0, to = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, to += 3) {
      origin(x, y, at);
      const [u, v] = [roundHalfEven(at[0]! * STEPS), roundHalfEven(at[1]! * STEPS)];
      if (Math.abs(u) < 2 ** 30 && Math.abs(v) < 2 ** 30) sample(image, u, v, out, to);
    }
  }
  return { ...size, data: out };
}

/** Bilinear at (u, v), in whole steps of 1/32 pixel. */
function sample(
  { width, height, data }: Image,
  u: number,
  v: number,
  out: Uint8Array,
  to: number,
): void {
  const x = u >> 5;
  const y = v >> 5;
  if (x < -1 || y < -1 || x >= width || y >= height) return;
  const right = u & (STEPS - 1);
  const below = v & (STEPS - 1);
  const w00 = (STEPS - right) * (STEPS - below);
  const w10 = right * (STEPS - below);
  const w01 = (STEPS - right) * below;
  const w11 = right * below;
  const at = (y * width + x) * 3;
  const next = at + width * 3;
  if (x >= 0 && y >= 0 && x + 1 < width && y + 1 < height) {
    for (let k = 0; k < 3; k++) {
      out[to + k] =
        (w00 * data[at + k]! +
          w10 * data[at + 3 + k]! +
          w01 * data[next + k]! +
          w11 * data[next + 3 + k]! +
          512) >>
        10;
    }
    return;
  }
  const [left, top, last, bottom] = [x >= 0, y >= 0, x + 1 < width, y + 1 < height];
  for (let k = 0; k < 3; k++) {
    let sum = 512;
    if (left && top) sum += w00 * data[at + k]!;
    if (last && top) sum += w10 * data[at + 3 + k]!;
    if (left && bottom) sum += w01 * data[next + k]!;
    if (last && bottom) sum += w11 * data[next + 3 + k]!;
    out[to + k] = sum >> 10;
  }
}
