import { z } from 'zod';
import { convolveSeparable, gaussianKernel } from '../../image/convolve.ts';
import { replaceByNear } from '../../image/near.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  sigma: z.number().min(0.1).max(10),
  delta: z.int().min(1).max(20),
  rounds: z.int().min(1).max(10),
});

/** Blurs, replaces every pixel by a near one, several times over, and blurs again. The reference means to swap the two pixels, but copies one over the other; so do we. Its border of `delta` pixels stays. */
export const glassBlur: Perturbation<z.infer<typeof params>> = {
  name: 'glass_blur',
  title: 'Glass blur',
  family: 'blur',
  simulates: 'a frosted or wet pane',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [
    { sigma: 0.7, delta: 1, rounds: 2 },
    { sigma: 0.9, delta: 2, rounds: 1 },
    { sigma: 1, delta: 2, rounds: 3 },
    { sigma: 1.1, delta: 3, rounds: 2 },
    { sigma: 1.5, delta: 4, rounds: 2 },
  ],
  apply(image, { sigma, delta, rounds }, random) {
    const kernel = gaussianKernel(sigma, Math.floor(4 * sigma + 0.5));
    const blurred = convolveSeparable(image, kernel);
    return convolveSeparable(replaceByNear(blurred, { delta, rounds }, random), kernel);
  },
};
