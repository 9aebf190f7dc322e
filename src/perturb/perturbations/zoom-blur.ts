import { z } from 'zod';
import { blendZoomed } from '../../image/zoom.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  step: z.number().positive().max(1),
  layers: z.int().min(1).max(100),
});

/** The mean of the image, twice, and of its enlargements about the middle. */
export const zoomBlur: Perturbation<z.infer<typeof params>> = {
  name: 'zoom_blur',
  title: 'Zoom blur',
  family: 'blur',
  simulates: 'driving towards the scene',
  source: {
    paper: 'Hendrycks & Dietterich 2019',
    reference: 'imagecorruptions 1.1.2 (scipy zoom)',
  },
  version: 1,
  params,
  severities: [
    { step: 0.01, layers: 12 },
    { step: 0.01, layers: 16 },
    { step: 0.02, layers: 11 },
    { step: 0.02, layers: 13 },
    { step: 0.03, layers: 11 },
  ],
  apply: (image, { step, layers }) =>
    blendZoomed(
      image,
      Array.from({ length: layers }, (_, layer) => 1 + layer * step),
    ),
};
