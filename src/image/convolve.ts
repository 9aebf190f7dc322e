import { exactExp } from './exact.ts';
import type { Image } from './image.ts';

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
  const { width, height, data } = image;
  const radius = (kernel.length - 1) / 2;
  const stride = width * 3;
  const padded = new Float32Array((width + 2 * radius) * 3);
  const across = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = -radius; x < width + radius; x++) {
      const from = y * stride + Math.min(Math.max(x, 0), width - 1) * 3;
      const to = (x + radius) * 3;
      padded[to] = data[from]!;
      padded[to + 1] = data[from + 1]!;
      padded[to + 2] = data[from + 2]!;
    }
    for (let i = 0; i < stride; i++) {
      let sum = kernel[radius]! * padded[i + radius * 3]!;
      for (let k = 0; k < radius; k++) {
        sum += kernel[k]! * (padded[i + k * 3]! + padded[i + (2 * radius - k) * 3]!);
      }
      across[y * stride + i] = sum;
    }
  }
  const out = new Uint8Array(data.length);
  const row = new Float64Array(stride);
  for (let y = 0; y < height; y++) {
    const middle = y * stride;
    for (let i = 0; i < stride; i++) row[i] = kernel[radius]! * across[middle + i]!;
    for (let k = 1; k <= radius; k++) {
      const above = Math.max(y - k, 0) * stride;
      const below = Math.min(y + k, height - 1) * stride;
      addRows(row, across, above, below, kernel[radius + k]!);
    }
    // Weights sum to 1 but for rounding: the little more keeps 200 from becoming 199.
    for (let i = 0; i < stride; i++) out[middle + i] = row[i]! + 5e-5;
  }
  return { width, height, data: out };
}

function addRows(
  row: Float64Array,
  source: Float32Array,
  above: number,
  below: number,
  weight: number,
): void {
  for (let i = 0; i < row.length; i++) {
    row[i] = row[i]! + weight * (source[above + i]! + source[below + i]!);
  }
}
