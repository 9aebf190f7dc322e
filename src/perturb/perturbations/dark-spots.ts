import { z } from 'zod';
import { blend } from '../../image/blend.ts';
import { blots } from '../../image/spots.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  count: z.int().min(1).max(200),
  radius: z.number().min(0).max(1),
  strength: z.number().min(0).max(1),
});

/** Dark blots with soft rims at drawn places. */
export const darkSpots: Perturbation<z.infer<typeof params>> = {
  name: 'dark_spots',
  title: 'Dark spots',
  family: 'occlusion',
  simulates: 'dirt and dust on the lens',
  source: { paper: 'own table; MLTest names the spots', reference: 'none' },
  version: 1,
  params,
  severities: [
    { count: 6, radius: 0.03, strength: 0.7 },
    { count: 9, radius: 0.05, strength: 0.75 },
    { count: 12, radius: 0.07, strength: 0.8 },
    { count: 15, radius: 0.09, strength: 0.85 },
    { count: 18, radius: 0.12, strength: 0.9 },
  ],
  apply: (image, { count, radius, strength }, random) =>
    blend(image, blots(image, { count, radius }, random), [15, 13, 12], strength),
};
