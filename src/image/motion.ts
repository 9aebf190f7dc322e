import { exactCos, exactExp, exactSin } from './exact.ts';
import type { Size } from './image.ts';

/**
 * Sums copies of a picture, each shifted one step further along a line, with the weights of half a
 * Gaussian; edges are repeated.
 *
 * @param source   `width * height * channels` samples, interleaved.
 * @param radius   Half the number of copies, less a half.
 * @param sigma    Of the Gaussian, pixels.
 * @param degrees  Of the line, counter-clockwise from "to the right".
 * @returns        As many samples, not rounded.
 * @see imagecorruptions 1.1.2 `_motion_blur`, which stops where the line leaves the picture.
 */
export function blurAlong(
  source: Uint8Array | Float64Array,
  { width, height }: Size,
  channels: number,
  { radius, sigma, degrees }: { radius: number; sigma: number; degrees: number },
): Float64Array {
  const length = 2 * radius + 1;
  const angle = (degrees * Math.PI) / 180;
  const weights = Array.from({ length }, (_, i) => exactExp(-(i * i) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [sine, cosine] = [exactSin(angle), exactCos(angle)];
  const padded = padSides(source, width, height, channels, length);
  const stride = (width + 2 * length) * channels;
  const row = width * channels;
  const sums = new Float64Array(source.length);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < length; i++) {
      const dy = -Math.ceil(i * sine - 0.5);
      const dx = -Math.ceil(i * cosine - 0.5);
      if (Math.abs(dy) >= height || Math.abs(dx) >= width) break;
      const from = Math.min(Math.max(y - dy, 0), height - 1);
      const start = from * stride + (length - dx) * channels;
      addRow(sums, y * row, row, padded, start, weights[i]! / total);
    }
  }
  return sums;
}

function addRow(
  sums: Float64Array,
  to: number,
  count: number,
  source: Uint8Array | Float64Array,
  from: number,
  weight: number,
): void {
  for (let i = 0; i < count; i++) sums[to + i] = sums[to + i]! + weight * source[from + i]!;
}

/** Repeats the first and the last pixel of every row. */
function padSides(
  source: Uint8Array | Float64Array,
  width: number,
  height: number,
  channels: number,
  pad: number,
): Uint8Array | Float64Array {
  const stride = (width + 2 * pad) * channels;
  const padded =
    source instanceof Uint8Array
      ? new Uint8Array(stride * height)
      : new Float64Array(stride * height);
  for (let y = 0; y < height; y++) {
    const row = source.subarray(y * width * channels, (y + 1) * width * channels);
    const at = y * stride;
    for (let i = 0; i < pad * channels; i++) {
      padded[at + i] = row[i % channels]!;
      padded[at + (pad + width) * channels + i] = row[row.length - channels + (i % channels)]!;
    }
    padded.set(row, at + pad * channels);
  }
  return padded;
}
