import { z } from 'zod';
import { blend, blendImage } from '../../image/blend.ts';
import { convolveSeparable, gaussianKernel } from '../../image/convolve.ts';
import { blots } from '../../image/spots.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  count: z.int().min(1).max(200),
  radius: z.number().min(0).max(1),
  tint: z.number().min(0).max(1),
});

/** Blots through which the scene shows blurred and brownish, at drawn places. */
export const oilSpots: Perturbation<z.infer<typeof params>> = {
  name: 'oil_spots',
  title: 'Oil spots',
  family: 'occlusion',
  simulates: 'oil and grease on the lens',
  source: { paper: 'own table; MLTest names the spots', reference: 'none' },
  version: 1,
  params,
  severities: [
    { count: 4, radius: 0.06, tint: 0.3 },
    { count: 6, radius: 0.09, tint: 0.4 },
    { count: 8, radius: 0.12, tint: 0.5 },
    { count: 10, radius: 0.15, tint: 0.6 },
    { count: 12, radius: 0.2, tint: 0.7 },
  ],
  apply(image, { count, radius, tint }, random) {
    const cover = blots(image, { count, radius }, random);
    const blurred = convolveSeparable(image, gaussianKernel(4, 12));
    return blend(blendImage(image, blurred, cover), cover, [64, 48, 24], tint);
  },
};
