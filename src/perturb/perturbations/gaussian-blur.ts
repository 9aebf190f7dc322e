import { z } from 'zod';
import { gaussianKernel } from '../../image/gaussian.ts';
import { blurSeparable } from '../../image/taps.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ sigma: z.number().min(0.1).max(50) });

/** Gaussian blur, cut at four sigma, edges repeated. */
export const gaussianBlur: Perturbation<z.infer<typeof params>> = {
  name: 'gaussian_blur',
  title: 'Gaussian blur',
  family: 'blur',
  simulates: 'a lens out of focus',
  source: {
    paper: 'Hendrycks & Dietterich 2019',
    reference: 'imagecorruptions 1.1.2 (scikit-image gaussian)',
  },
  version: 1,
  params,
  severities: [{ sigma: 1 }, { sigma: 2 }, { sigma: 3 }, { sigma: 4 }, { sigma: 6 }],
  apply: (image, { sigma }) =>
    blurSeparable(image, gaussianKernel(sigma, Math.floor(4 * sigma + 0.5)), 'nearest'),
};
