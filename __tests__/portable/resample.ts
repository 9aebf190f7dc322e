import type { Homography } from '../../src/boxes/homography.ts';
import type { Warp } from '../../src/boxes/warp.ts';
import { roundHalfEven } from '../../src/image/exact.ts';
import type { Image, Size } from '../../src/image/image.ts';
import { centred, originsOf } from '../../src/image/resample.ts';

const STEPS = 32;
const MAP_STEPS = 1024;

/** Steps of 1/32 pixel to the right and down from the first pixel. */
type Origin = readonly [u: number, v: number];

/** `warpAffine` in plain JavaScript, as are the others their namesakes. */
export function warpAffinePortable(
  image: Image,
  affine: NonNullable<Warp['affine']>,
  size: Size,
): Image {
  const [ux, uy, u0, vx, vy, v0] = originsOf(affine);
  // In this order of operations, as a map that shrinks to nothing overflows.
  const steps = (along: number, at: number, start: number): number =>
    whole(roundHalfEven(start * MAP_STEPS) + 16 + roundHalfEven(along * MAP_STEPS * at)) >> 5;
  return remap(image, size, (x, y) => [steps(ux!, x, uy! * y + u0!), steps(vx!, x, vy! * y + v0!)]);
}

export function warpProjectivePortable(image: Image, back: Homography): Image {
  const [ax, ay, a0, bx, by, b0, cx, cy, c0] = centred(back);
  return remap(image, image, (x, y) => {
    const scale = STEPS / (cx * x + (cy * y + c0));
    return [
      whole(roundHalfEven((ax * x + (ay * y + a0)) * scale)),
      whole(roundHalfEven((bx * x + (by * y + b0)) * scale)),
    ];
  });
}

export function warpRadialPortable(image: Image, strength: number): Image {
  const { width, height } = image;
  const bend = (4 * strength) / (width * width + height * height);
  const steps = (at: number): number => whole(roundHalfEven(Math.fround(at) * STEPS));
  return remap(image, image, (x, y) => {
    const [dx, dy] = [x + 0.5 - width / 2, y + 0.5 - height / 2];
    const factor = 1 + bend * (dx * dx + dy * dy);
    return [steps(width / 2 + dx * factor - 0.5), steps(height / 2 + dy * factor - 0.5)];
  });
}

/** The 32-bit number nearest to a whole one. */
function whole(value: number): number {
  return Math.min(Math.max(value, -(2 ** 31)), 2 ** 31 - 1) | 0;
}

function remap(
  image: Image,
  { width, height }: Size,
  origin: (x: number, y: number) => Origin,
): Image {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) data.set(sample(image, ...origin(x, y)), to);
  }
  return { width, height, data };
}

/** Bilinear at (u, v), black outside. */
function sample({ width, height, data }: Image, u: number, v: number): number[] {
  const [x, y] = [u >> 5, v >> 5];
  const [right, below] = [u & (STEPS - 1), v & (STEPS - 1)];
  const at = (column: number, row: number, k: number): number =>
    column < 0 || row < 0 || column >= width || row >= height
      ? 0
      : data[(row * width + column) * 3 + k]!;
  return [0, 1, 2].map((k) => {
    const upper = (STEPS - right) * at(x, y, k) + right * at(x + 1, y, k);
    const lower = (STEPS - right) * at(x, y + 1, k) + right * at(x + 1, y + 1, k);
    return ((STEPS - below) * upper + below * lower + 512) >> 10;
  });
}
