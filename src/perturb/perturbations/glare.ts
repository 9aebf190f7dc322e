import { z } from 'zod';
import { blend } from '../../image/blend.ts';
import { glow } from '../../image/cover.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  strength: z.number().min(0).max(1),
  radius: z.number().min(0).max(2),
});

/** A bright spot that fades to its rim; where by a draw. */
export const glare: Perturbation<z.infer<typeof params>> = {
  name: 'glare',
  title: 'Glare',
  family: 'lighting',
  simulates: 'the sun or a lamp in the lens',
  source: { paper: 'own table', reference: 'none' },
  version: 1,
  params,
  severities: [
    { strength: 0.5, radius: 0.3 },
    { strength: 0.65, radius: 0.4 },
    { strength: 0.8, radius: 0.5 },
    { strength: 0.9, radius: 0.65 },
    { strength: 1, radius: 0.8 },
  ],
  apply(image, { strength, radius }, random) {
    const { width, height } = image;
    const cover = glow({
      x: random.uniform(0) * width,
      y: random.uniform(1) * height,
      radius: Math.max(1, radius * Math.min(width, height)),
    });
    return blend(image, cover, [255, 252, 240], strength);
  },
};
