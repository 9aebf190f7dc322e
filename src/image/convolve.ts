import { exactExp } from './exact.ts';
import type { Image } from './image.ts';
import type { Edge, Plane } from './plane.ts';
import { blurSeparable, sumSeparable } from './taps.ts';

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
  return blurSeparable(image, kernel, 'nearest');
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
  const samples = { width, height, channels: 1, data: new Float32Array(data) };
  return { width, height, data: new Float64Array(sumSeparable(samples, across, down, edge)) };
}
