import { z } from 'zod';
import type { Size } from '../../image/image.ts';
import { tapsAlong } from '../../image/motion.ts';
import { sumTaps } from '../../image/taps.ts';
import type { Random } from '../../image/random.ts';
import { roundHalfEven } from '../../image/exact.ts';
import { zoomPlane } from '../../image/zoom.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  mean: z.number(),
  sigma: z.number().positive(),
  zoom: z.number().min(1).max(10),
  threshold: z.number().min(0).max(1),
  radius: z.int().min(1).max(100),
  streak: z.number().positive(),
  keep: z.number().min(0).max(1),
});

/** Flakes drawn as enlarged noise over a threshold, streaked by motion, over a whitened image. */
export const snow: Perturbation<z.infer<typeof params>> = {
  name: 'snow',
  title: 'Snow',
  family: 'weather',
  simulates: 'falling snow, an overcast sky',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [
    { mean: 0.1, sigma: 0.3, zoom: 3, threshold: 0.5, radius: 10, streak: 4, keep: 0.8 },
    { mean: 0.2, sigma: 0.3, zoom: 2, threshold: 0.5, radius: 12, streak: 4, keep: 0.7 },
    { mean: 0.55, sigma: 0.3, zoom: 4, threshold: 0.9, radius: 12, streak: 8, keep: 0.7 },
    { mean: 0.55, sigma: 0.3, zoom: 4.5, threshold: 0.85, radius: 12, streak: 8, keep: 0.65 },
    { mean: 0.55, sigma: 0.3, zoom: 2.5, threshold: 0.85, radius: 12, streak: 12, keep: 0.55 },
  ],
  apply(image, flakes, random) {
    const { width, height, data } = image;
    const layer = flakeLayer(image, flakes, random);
    const out = new Uint8ClampedArray(data.length);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const i = 3 * pixel;
      const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
      const whitened = (0.299 * r + 0.587 * g + 0.114 * b) * 1.5 + 127.5;
      const snowed = layer[pixel]! + layer[layer.length - 1 - pixel]!;
      for (let k = 0; k < 3; k++) {
        const sample = data[i + k]!;
        const under = flakes.keep * sample + (1 - flakes.keep) * Math.max(sample, whitened);
        out[i + k] = Math.floor(under + snowed + 5e-5);
      }
    }
    return { width, height, data: new Uint8Array(out.buffer) };
  },
};

/** Grey levels of the flakes, a whole number for each pixel. */
function flakeLayer(
  { width, height }: Size,
  { mean, sigma, zoom, threshold, radius, streak }: z.infer<typeof params>,
  random: Random,
): Float64Array {
  const field = new Float32Array(width * height);
  random.fillNormal(field);
  const noise = new Float64Array(field.length);
  for (let i = 0; i < noise.length; i++) noise[i] = mean + sigma * field[i]!;
  const zoomed = zoomPlane({ width, height, data: noise }, zoom);
  const flakes = zoomed.data.map((value) =>
    value < threshold ? 0 : Math.min(Math.max(value, 0), 1),
  );
  const degrees = random.fork(1).uniform(0) * 90 - 135;
  const streaked = sumTaps(
    { ...zoomed, channels: 1, data: new Float32Array(flakes) },
    tapsAlong(zoomed, { radius, sigma: streak, degrees }),
  );
  const layer = new Float64Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      layer[to] = roundHalfEven(255 * streaked[y * zoomed.width + x]!);
    }
  }
  return layer;
}
