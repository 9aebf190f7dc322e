import { z } from 'zod';
import { addNormals } from '../../image/noise.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ sigma: z.number().min(0).max(2) });

/** Normal noise in proportion to the sample. */
export const speckleNoise: Perturbation<z.infer<typeof params>> = {
  name: 'speckle_noise',
  title: 'Speckle noise',
  family: 'noise',
  simulates: 'noise that grows with the light',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [{ sigma: 0.15 }, { sigma: 0.2 }, { sigma: 0.35 }, { sigma: 0.45 }, { sigma: 0.6 }],
  apply(image, { sigma }, random) {
    return addNormals(image, { proportional: sigma }, random);
  },
};
