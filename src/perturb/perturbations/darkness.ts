import { z } from 'zod';
import { mapSamples } from '../../image/lookup.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ factor: z.number().min(0).max(1) });

/** Multiplies every sample: 0.5 of the sRGB value is about 2.2 stops less light. */
export const darkness: Perturbation<z.infer<typeof params>> = {
  name: 'darkness',
  title: 'Darkness',
  family: 'lighting',
  simulates: 'under-exposure, dusk, shade',
  source: {
    paper: 'own table: 1.1, 2.2, 3.3, 4.4 and 6 stops less light',
    reference: 'multiplication of sRGB samples',
  },
  version: 1,
  params,
  severities: [
    { factor: 0.7 },
    { factor: 0.5 },
    { factor: 0.35 },
    { factor: 0.25 },
    { factor: 0.15 },
  ],
  apply: (image, { factor }) => mapSamples(image, (sample) => sample * factor),
};
