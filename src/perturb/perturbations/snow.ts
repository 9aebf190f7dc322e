import { z } from 'zod';
import { tapsAlong } from '../../image/motion.ts';
import { addSnow, drawFlakes } from '../../image/snow.ts';
import { sumTaps } from '../../image/taps.ts';
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
  apply(image, { keep, radius, streak, ...flakes }, random) {
    const field = new Float32Array(image.width * image.height);
    random.fillNormal(field);
    const layer = drawFlakes(image, field, flakes);
    const degrees = random.fork(1).uniform(0) * 90 - 135;
    const streaked = sumTaps(layer, tapsAlong(layer, { radius, sigma: streak, degrees }));
    return addSnow(image, { ...layer, data: streaked }, keep);
  },
};
