import { z } from 'zod';
import { countPhotons } from '../../image/noise.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ photons: z.number().min(0.5).max(500) });

/** Photon counts: every sample becomes a Poisson draw whose mean is the sample, `photons` at full scale. */
export const shotNoise: Perturbation<z.infer<typeof params>> = {
  name: 'shot_noise',
  title: 'Shot noise',
  family: 'noise',
  simulates: 'few photons: low light, short exposure',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [{ photons: 60 }, { photons: 25 }, { photons: 12 }, { photons: 5 }, { photons: 3 }],
  apply(image, { photons }, random) {
    return countPhotons(image, photons, random);
  },
};
