import { z } from 'zod';
import { exactCos, exactExp, exactSin } from '../../image/exact.ts';
import type { Image } from '../../image/image.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  radius: z.int().min(1).max(200),
  sigma: z.number().min(0.1).max(200),
});

/** The camera moves along a line while the shutter is open; the angle is drawn from -45 to 45 degrees. */
export const motionBlur: Perturbation<z.infer<typeof params>> = {
  name: 'motion_blur',
  title: 'Motion blur',
  family: 'blur',
  simulates: 'a camera or object that moves while the shutter is open',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [
    { radius: 10, sigma: 3 },
    { radius: 15, sigma: 5 },
    { radius: 15, sigma: 8 },
    { radius: 15, sigma: 12 },
    { radius: 20, sigma: 15 },
  ],
  apply(image, { radius, sigma }, random) {
    const degrees = random.uniform(0) * 90 - 45;
    return blurAlong(image, 2 * radius + 1, sigma, (degrees * Math.PI) / 180);
  },
};

/** Sums copies of the image, each shifted one step further along the line, with the weights of half a Gaussian. */
function blurAlong(image: Image, length: number, sigma: number, angle: number): Image {
  const { width, height, data } = image;
  const weights = Array.from({ length }, (_, i) => exactExp(-(i * i) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [sine, cosine] = [exactSin(angle), exactCos(angle)];
  const padded = padSides(image, length);
  const stride = (width + 2 * length) * 3;
  const sums = new Float64Array(width * 3);
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    sums.fill(5e-5);
    for (let i = 0; i < length; i++) {
      const dy = -Math.ceil(i * sine - 0.5);
      const dx = -Math.ceil(i * cosine - 0.5);
      if (Math.abs(dy) >= height || Math.abs(dx) >= width) break;
      const row = Math.min(Math.max(y - dy, 0), height - 1);
      addRow(sums, padded, row * stride + (length - dx) * 3, weights[i]! / total);
    }
    for (let i = 0; i < sums.length; i++) out[y * width * 3 + i] = Math.min(sums[i]!, 255);
  }
  return { width, height, data: out };
}

function addRow(sums: Float64Array, source: Uint8Array, at: number, weight: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + weight * source[at + i]!;
}

/** Repeats the first and the last pixel of every row. */
function padSides({ width, height, data }: Image, pad: number): Uint8Array {
  const stride = (width + 2 * pad) * 3;
  const padded = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width * 3, (y + 1) * width * 3);
    const at = y * stride;
    for (let i = 0; i < pad * 3; i++) {
      padded[at + i] = row[i % 3]!;
      padded[at + (pad + width) * 3 + i] = row[row.length - 3 + (i % 3)]!;
    }
    padded.set(row, at + pad * 3);
  }
  return padded;
}
