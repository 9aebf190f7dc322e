import { exactExp } from './exact.ts';

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
