import { z } from 'zod';
import { medianFilter } from '../../image/median.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  side: z
    .int()
    .min(3)
    .max(31)
    .refine((side) => side % 2 === 1, 'side must be odd'),
});

/** Every sample becomes the median of a square around it, edges repeated. */
export const medianBlur: Perturbation<z.infer<typeof params>> = {
  name: 'median_blur',
  title: 'Median blur',
  family: 'blur',
  simulates: 'a denoiser that smears detail',
  source: { paper: 'own table', reference: 'OpenCV medianBlur' },
  version: 1,
  params,
  severities: [{ side: 3 }, { side: 5 }, { side: 7 }, { side: 9 }, { side: 11 }],
  apply: (image, { side }) => medianFilter(image, side),
};
