import { z } from 'zod';
import { addCloud } from '../../image/plasma.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  amount: z.number().min(0).max(10),
  decay: z.number().min(1).max(4),
});

/** Adds a cloud of the diamond-square method and scales back to the image’s range. The cloud is drawn on the next power of two, so its grain depends on the image size, as in the reference. */
export const fog: Perturbation<z.infer<typeof params>> = {
  name: 'fog',
  title: 'Fog',
  family: 'weather',
  simulates: 'fog that lies in banks',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [
    { amount: 1.5, decay: 2 },
    { amount: 2, decay: 2 },
    { amount: 2.5, decay: 1.7 },
    { amount: 2.5, decay: 1.5 },
    { amount: 3, decay: 1.4 },
  ],
  apply(image, { amount, decay }, random) {
    return addCloud(image, amount, decay, random);
  },
};
