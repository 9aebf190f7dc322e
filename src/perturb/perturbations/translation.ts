import { z } from 'zod';
import { aboutCentre } from '../../boxes/affine.ts';
import type { Warp } from '../../boxes/warp.ts';
import type { Size } from '../../image/image.ts';
import type { Random } from '../../image/random.ts';
import { warpAffine } from '../../image/resample.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ fraction: z.number().min(0).max(1) });

/** Shifts by a fraction of width and height, in one of four directions by a draw; black outside. */
export const translation: Perturbation<z.infer<typeof params>> = {
  name: 'translation',
  title: 'Translation',
  family: 'geometry',
  simulates: 'a camera that was moved',
  source: { paper: 'own table', reference: 'OpenCV warpAffine, bilinear' },
  version: 1,
  params,
  severities: [
    { fraction: 0.05 },
    { fraction: 0.1 },
    { fraction: 0.15 },
    { fraction: 0.2 },
    { fraction: 0.3 },
  ],
  apply: (image, { fraction }, random) => warpAffine(image, shifted(image, fraction, random)),
  warp: (size, { fraction }, random) => shifted(size, fraction, random),
};

function shifted(size: Size, fraction: number, random: Random): Warp {
  const right = (random.uniform(0) < 0.5 ? -fraction : fraction) * size.width;
  const down = (random.uniform(1) < 0.5 ? -fraction : fraction) * size.height;
  return aboutCentre(size, [1, 0, 0, 1], [right, down]);
}
