import { z } from 'zod';
import { convolveSeparable, gaussianKernel } from '../../image/convolve.ts';
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
    const { width, height } = image;
    const kernel = gaussianKernel(sigma, Math.floor(4 * sigma + 0.5));
    const blurred = convolveSeparable(image, kernel);
    const { data } = blurred;
    const across = Math.max(width - 2 * delta, 0);
    const down = Math.max(height - 2 * delta, 0);
    const draws = new Float32Array(2 * rounds * across * down);
    random.fillUniform(draws);
    for (let round = 0, drawn = 0; round < rounds; round++) {
      for (let y = height - delta; y > delta; y--) {
        for (let x = width - delta; x > delta; x--, drawn += 2) {
          const dx = Math.floor(draws[drawn]! * 2 * delta) - delta;
          const dy = Math.floor(draws[drawn + 1]! * 2 * delta) - delta;
          const from = ((y + dy) * width + x + dx) * 3;
          data.copyWithin((y * width + x) * 3, from, from + 3);
        }
      }
    }
    return convolveSeparable(blurred, kernel);
  },
};
