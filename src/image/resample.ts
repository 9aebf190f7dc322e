import type { Homography } from '../boxes/homography.ts';
import type { Warp } from '../boxes/warp.ts';
import type { Image, Size } from './image.ts';
import { type Scratch, scratch } from './kernels.ts';
import { copyBytes } from './room.ts';

/** Black pixels on every side, so that no look-up needs a check. */
const BORDER = 2;

/**
 * The image under an affine warp: every pixel of the result is looked up at its origin, bilinear, black outside.
 *
 * @param warp Affine; maps continuous coordinates, so pixel centres lie at + 0.5.
 * @throws RangeError when the warp is not affine.
 * @see OpenCV 4 `warpAffine`, whose fixed-point origins and weights these are.
 */
export function warpAffine(image: Image, { affine, size }: Pick<Warp, 'affine' | 'size'>): Image {
  if (!affine) throw new RangeError('the warp is not affine');
  const origins = originsOf(affine);
  return lookUp(image, size, ({ kernels }, source, target) => {
    const sizes = [image.width, image.height, target, size.width, size.height];
    kernels.warpAffine(source, ...sizes, ...origins);
  });
}

/** Where the pixels of an affine warp come from: u = ux x + uy y + u0, v alike; all count pixel centres as whole numbers. */
export function originsOf([a, b, c, d, e, f]: NonNullable<Warp['affine']>): readonly number[] {
  const determinant = a * e - b * d;
  const [ux, uy, vx, vy] = [e / determinant, -b / determinant, -d / determinant, a / determinant];
  const u0 = ux * (0.5 - c) + uy * (0.5 - f) - 0.5;
  const v0 = vx * (0.5 - c) + vy * (0.5 - f) - 0.5;
  return [ux, uy, u0, vx, vy, v0];
}

/**
 * The image under a projective map, of the same size, bilinear, black outside.
 *
 * @param back From the result's continuous coordinates to the image's.
 * @see OpenCV 4 `warpPerspective`
 */
export function warpProjective(image: Image, back: Homography): Image {
  const { width, height } = image;
  return lookUp(image, image, ({ kernels }, source, target) => {
    kernels.warpProjective(source, width, height, target, width, height, ...centred(back));
  });
}

/** A map of continuous coordinates as one of pixel centres. */
export function centred([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  const [x, y] = [a - g / 2, b - h / 2];
  const [u, v] = [d - g / 2, e - h / 2];
  const w = i + (g + h) / 2;
  return [x, y, c + (a + b - w) / 2, u, v, f + (d + e - w) / 2, g, h, w];
}

/**
 * The image under a radial map, of the same size, bilinear, black outside: a pixel at r from the centre comes
 * from r (1 + `strength` r²), r = 1 in the corner.
 *
 * @see OpenCV 4 `remap` with float32 maps
 */
export function warpRadial(image: Image, strength: number): Image {
  const { width, height } = image;
  const bend = (4 * strength) / (width * width + height * height);
  return lookUp(image, image, ({ kernels }, source, target) => {
    kernels.warpRadial(source, target, width, height, bend);
  });
}

/** Runs a kernel that looks up pixels of the bordered image. */
function lookUp(
  image: Image,
  size: Size,
  run: (memory: Scratch, source: number, target: number) => void,
): Image {
  const memory = scratch();
  const target = memory.reserve(size.width * size.height * 3);
  run(memory, putBordered(memory, image), target);
  return { ...size, data: copyBytes(memory.bytes(target, size.width * size.height * 3)) };
}

function putBordered(memory: Scratch, { width, height, data }: Image): number {
  const row = width * 3;
  const stride = row + 2 * BORDER * 3;
  const length = stride * (height + 2 * BORDER);
  const at = memory.reserve(length);
  const bytes = memory.bytes(at, length).fill(0);
  for (let y = 0; y < height; y++) {
    bytes.set(data.subarray(y * row, (y + 1) * row), (y + BORDER) * stride + BORDER * 3);
  }
  return at;
}
