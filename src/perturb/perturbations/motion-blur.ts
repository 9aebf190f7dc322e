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
  const sum = new Float32Array(data.length);
  for (let i = 0; i < length; i++) {
    const dy = -Math.ceil(i * sine - 0.5);
    const dx = -Math.ceil(i * cosine - 0.5);
    if (Math.abs(dy) >= height || Math.abs(dx) >= width) break;
    addShifted(sum, image, dx, dy, weights[i]! / total);
  }
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.min(sum[i]! + 5e-5, 255);
  return { width, height, data: out };
}

/** Adds the image moved by (dx, dy), its edge repeated. */
function addShifted(sum: Float32Array, image: Image, dx: number, dy: number, weight: number): void {
  const { width, height, data } = image;
  const stride = width * 3;
  for (let y = 0; y < height; y++) {
    const row = Math.min(Math.max(y - dy, 0), height - 1) * stride;
    const at = y * stride;
    const first = Math.max(dx, 0) * 3;
    const last = Math.min(width + dx, width) * 3;
    for (let i = 0; i < first; i++) sum[at + i] = sum[at + i]! + weight * data[row + (i % 3)]!;
    for (let i = first; i < last; i++)
      sum[at + i] = sum[at + i]! + weight * data[row + i - dx * 3]!;
    const edge = row + stride - 3;
    for (let i = last; i < stride; i++) sum[at + i] = sum[at + i]! + weight * data[edge + (i % 3)]!;
  }
}
