import { z } from 'zod';
import { aboutCentre } from '../../boxes/affine.ts';
import { warpAffine } from '../../image/resample.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ factor: z.number().positive().max(4) });

/** Shrinks about the centre; black outside. */
export const scale: Perturbation<z.infer<typeof params>> = {
  name: 'scale',
  title: 'Scale',
  family: 'geometry',
  simulates: 'a camera further away',
  source: { paper: 'own table', reference: 'OpenCV warpAffine, bilinear' },
  version: 1,
  params,
  severities: [{ factor: 0.9 }, { factor: 0.8 }, { factor: 0.7 }, { factor: 0.6 }, { factor: 0.5 }],
  apply: (image, { factor }) => warpAffine(image, aboutCentre(image, [factor, 0, 0, factor])),
  warp: (size, { factor }) => aboutCentre(size, [factor, 0, 0, factor]),
};
