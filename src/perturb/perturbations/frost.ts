import { z } from 'zod';
import { addIce } from '../../image/plasma.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ keep: z.number().min(0).max(1), ice: z.number().min(0).max(1) });

/** Adds a texture of ice. The reference’s photographs are not ours to ship, so its texture is replaced by ridged clouds: `imagenet-c` figures with it are not the published benchmark’s. */
export const frost: Perturbation<z.infer<typeof params>> = {
  name: 'frost',
  title: 'Frost',
  family: 'weather',
  simulates: 'ice on the lens or the pane',
  source: {
    paper: 'Hendrycks & Dietterich 2019',
    reference: 'imagecorruptions 1.1.2, its blending; the texture is our own',
  },
  version: 1,
  params,
  severities: [
    { keep: 1, ice: 0.4 },
    { keep: 0.8, ice: 0.6 },
    { keep: 0.7, ice: 0.7 },
    { keep: 0.65, ice: 0.7 },
    { keep: 0.6, ice: 0.75 },
  ],
  apply(image, { keep, ice }, random) {
    return addIce(image, { keep, ice, tint: TINT }, random);
  },
};

const TINT = [0.9, 0.96, 1] as const;
