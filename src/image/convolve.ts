import { exactExp } from './exact.ts';
import type { Image } from './image.ts';
import type { Edge, Plane } from './plane.ts';
import { sumTaps } from './taps.ts';

/**
 * Weights of a Gaussian, summing to 1.
 *
 * @param sigma  Standard deviation, pixels.
 * @param radius Pixels on each side of the middle.
 * @returns      `2 * radius + 1` weights.
 */
export function gaussianKernel(sigma: number, radius: number): Float64Array {
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    exactExp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/**
 * Convolves rows, then columns, with one symmetric kernel; edges are repeated; the result is truncated.
 *
 * @param kernel An odd number of weights.
 */
export function convolveSeparable(image: Image, kernel: Float64Array): Image {
  const { width, height } = image;
  const radius = (kernel.length - 1) / 2;
  const steps = Array.from(kernel, (weight, i) => ({ step: i - radius, weight }));
  const across = sumTaps(
    { ...image, channels: 3 },
    steps.map(({ step, weight }) => ({ dx: step, dy: 0, weight })),
  );
  const down = sumTaps(
    { width, height, channels: 3, data: across },
    steps.map(({ step, weight }) => ({ dx: 0, dy: step, weight })),
  );
  return { width, height, data: truncate(down) };
}

/**
 * Convolves the rows of a plane with one kernel and its columns with another, in float32.
 *
 * @param across An odd number of weights, as is `down`.
 */
export function convolvePlane(
  { width, height, data }: Plane,
  across: Float64Array,
  down: Float64Array,
  edge: Edge,
): Plane {
  const steps = (kernel: Float64Array): { step: number; weight: number }[] =>
    Array.from(kernel, (weight, i) => ({ step: i - (kernel.length - 1) / 2, weight }));
  const rows = sumTaps(
    { width, height, channels: 1, data },
    steps(across).map(({ step, weight }) => ({ dx: step, dy: 0, weight })),
    edge,
  );
  const sums = sumTaps(
    { width, height, channels: 1, data: rows },
    steps(down).map(({ step, weight }) => ({ dx: 0, dy: step, weight })),
    edge,
  );
  return { width, height, data: Float64Array.from(sums) };
}

/**
 * Sums as bytes: clipped and truncated, as the reference does. The little more keeps a 200 that float32 sums
 * to 199.99997 from becoming 199.
 */
export function truncate(sums: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(sums.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = sums[i]! + 5e-5;
    bytes[i] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return bytes;
}
