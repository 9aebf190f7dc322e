import { z } from 'zod';
import { changeSaturation } from '../../image/colour.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ scale: z.number().min(0).max(50), add: z.number().min(-1).max(1) });

/** Scales and shifts the saturation of HSV; grey turns reddish where something is added, as in the reference. */
export const saturate: Perturbation<z.infer<typeof params>> = {
  name: 'saturate',
  title: 'Saturation',
  family: 'lighting',
  simulates: 'a camera that is set to pale or to glaring colours',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [
    { scale: 0.3, add: 0 },
    { scale: 0.1, add: 0 },
    { scale: 2, add: 0 },
    { scale: 5, add: 0.1 },
    { scale: 20, add: 0.2 },
  ],
  apply: changeSaturation,
};
