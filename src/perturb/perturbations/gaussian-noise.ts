import { z } from 'zod';
import { addNormals } from '../../image/noise.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ sigma: z.number().min(0).max(1) });

/** Independent normal noise on every channel of every pixel; sigma is a fraction of full scale. */
export const gaussianNoise: Perturbation<z.infer<typeof params>> = {
  name: 'gaussian_noise',
  title: 'Gaussian noise',
  family: 'noise',
  simulates: 'a sensor in low light',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [{ sigma: 0.08 }, { sigma: 0.12 }, { sigma: 0.18 }, { sigma: 0.26 }, { sigma: 0.38 }],
  apply(image, { sigma }, random) {
    return addNormals(image, { constant: sigma * 255 }, random);
  },
};
