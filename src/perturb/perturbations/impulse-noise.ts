import { z } from 'zod';
import { addImpulses } from '../../image/noise.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ amount: z.number().min(0).max(1) });

/** Salt and pepper: a share of all samples becomes 0 or 255, half each, channels independent. */
export const impulseNoise: Perturbation<z.infer<typeof params>> = {
  name: 'impulse_noise',
  title: 'Impulse noise',
  family: 'noise',
  simulates: 'bit errors and dead pixels',
  source: {
    paper: 'Hendrycks & Dietterich 2019',
    reference: 'imagecorruptions 1.1.2 (scikit-image random_noise, s&p)',
  },
  version: 1,
  params,
  severities: [
    { amount: 0.03 },
    { amount: 0.06 },
    { amount: 0.09 },
    { amount: 0.17 },
    { amount: 0.27 },
  ],
  apply(image, { amount }, random) {
    return addImpulses(image, amount, random);
  },
};
