import { z } from 'zod';
import { warpRadial } from '../../image/resample.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ strength: z.number().min(0).max(1) });

/** Barrel distortion: a point at radius r of the result comes from r (1 + strength r²), r = 1 in the corner; black outside. */
export const lensDistortion: Perturbation<z.infer<typeof params>> = {
  name: 'lens_distortion',
  title: 'Lens distortion',
  family: 'geometry',
  simulates: 'a wide-angle lens',
  source: { paper: 'own table', reference: 'radial polynomial of first order, bilinear' },
  version: 1,
  params,
  severities: [
    { strength: 0.05 },
    { strength: 0.1 },
    { strength: 0.2 },
    { strength: 0.3 },
    { strength: 0.45 },
  ],
  apply: (image, { strength }) => warpRadial(image, strength),
  warp(size, { strength }) {
    const [cx, cy] = [size.width / 2, size.height / 2];
    const corner = cx * cx + cy * cy;
    return {
      size,
      affine: null,
      point(x, y) {
        const [dx, dy] = [x - cx, y - cy];
        const factor = undistorted(strength, (dx * dx + dy * dy) / corner);
        return [cx + dx * factor, cy + dy * factor];
      },
    };
  },
};

/** The factor t that solves t (1 + strength t² square) = 1, by Newton's method. */
function undistorted(strength: number, square: number): number {
  let t = 1;
  for (let step = 0; step < 12; step++) {
    const bend = strength * square * t * t;
    const next = t - (t * (1 + bend) - 1) / (1 + 3 * bend);
    if (next === t) return t;
    t = next;
  }
  return t;
}
