import { z } from 'zod';
import { blend } from '../../image/blend.ts';
import { band } from '../../image/cover.ts';
import { exactCos, exactSin } from '../../image/exact.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  strength: z.number().min(0).max(1),
  width: z.number().min(0).max(1),
});

/** A dark band across the image with a soft rim; where, and at what angle, by a draw. */
export const shadow: Perturbation<z.infer<typeof params>> = {
  name: 'shadow',
  title: 'Shadow',
  family: 'lighting',
  simulates: 'the shadow of a wall, a mast, a vehicle',
  source: { paper: 'own table', reference: 'none' },
  version: 1,
  params,
  severities: [
    { strength: 0.3, width: 0.25 },
    { strength: 0.45, width: 0.3 },
    { strength: 0.6, width: 0.35 },
    { strength: 0.7, width: 0.4 },
    { strength: 0.8, width: 0.5 },
  ],
  apply(image, { strength, width }, random) {
    const side = Math.min(image.width, image.height);
    const angle = random.uniform(0) * Math.PI;
    const [cosine, sine] = [exactCos(angle), exactSin(angle)];
    const [cx, cy] = [1, 2].map((index) => 0.25 + 0.5 * random.uniform(index));
    const rim = Math.max(1, 0.03 * side);
    const centre = { x: cx! * image.width, y: cy! * image.height };
    const cover = band(centre, { x: cosine, y: sine }, { half: (width * side) / 2, rim });
    return blend(image, cover, [0, 0, 0], strength);
  },
};
