import { z } from 'zod';
import { averageBlocks } from '../../image/pixelate.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ factor: z.number().positive().max(1) });

/** Scales down by averaging and back up by repeating. */
export const pixelate: Perturbation<z.infer<typeof params>> = {
  name: 'pixelate',
  title: 'Pixelate',
  family: 'digital',
  simulates: 'a low resolution that was scaled up',
  source: {
    paper: 'Hendrycks & Dietterich 2019',
    reference: 'imagecorruptions 1.1.2 (Pillow BOX, NEAREST)',
  },
  version: 1,
  params,
  severities: [
    { factor: 0.6 },
    { factor: 0.5 },
    { factor: 0.4 },
    { factor: 0.3 },
    { factor: 0.25 },
  ],
  apply(image, { factor }) {
    const { width, height } = image;
    return averageBlocks(image, {
      width: Math.max(1, Math.floor(width * factor)),
      height: Math.max(1, Math.floor(height * factor)),
    });
  },
};
