import { z } from 'zod';
import { dropPixels } from '../../image/noise.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ amount: z.number().min(0).max(1) });

/** A share of all pixels becomes black. */
export const pixelDropout: Perturbation<z.infer<typeof params>> = {
  name: 'pixel_dropout',
  title: 'Pixel dropout',
  family: 'noise',
  simulates: 'dead pixels',
  source: { paper: 'own table', reference: 'none' },
  version: 1,
  params,
  severities: [
    { amount: 0.01 },
    { amount: 0.03 },
    { amount: 0.06 },
    { amount: 0.12 },
    { amount: 0.2 },
  ],
  apply(image, { amount }, random) {
    return dropPixels(image, amount, random);
  },
};
