import { z } from 'zod';
import { raiseValue } from '../../image/colour.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ add: z.number().min(0).max(1) });

/** Adds to the value of HSV, a fraction of full scale: scales red, green and blue alike, so hue and saturation stay. */
export const brightness: Perturbation<z.infer<typeof params>> = {
  name: 'brightness',
  title: 'Brightness',
  family: 'lighting',
  simulates: 'over-exposure, strong sun',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [{ add: 0.1 }, { add: 0.2 }, { add: 0.3 }, { add: 0.4 }, { add: 0.5 }],
  apply: (image, { add }) => raiseValue(image, 255 * add),
};
