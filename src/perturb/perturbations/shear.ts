import { z } from 'zod';
import { aboutCentre } from '../../boxes/affine.ts';
import type { Warp } from '../../boxes/warp.ts';
import type { Size } from '../../image/image.ts';
import type { Random } from '../../image/random.ts';
import { exactCos, exactSin } from '../../image/exact.ts';
import { warpAffine } from '../../image/resample.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ degrees: z.number().min(0).max(45) });

/** Slants across and down by a fixed angle, each one way or the other by a draw; black outside. */
export const shear: Perturbation<z.infer<typeof params>> = {
  name: 'shear',
  title: 'Shear',
  family: 'geometry',
  simulates: 'a camera that looks askew',
  source: {
    paper: 'own table; Roboflow’s shear augmentation is +-10 degrees by default',
    reference: 'OpenCV warpAffine, bilinear',
  },
  version: 1,
  params,
  severities: [{ degrees: 4 }, { degrees: 7 }, { degrees: 10 }, { degrees: 15 }, { degrees: 20 }],
  apply: (image, { degrees }, random) => warpAffine(image, slant(image, degrees, random)),
  warp: (size, { degrees }, random) => slant(size, degrees, random),
};

function slant(size: Size, degrees: number, random: Random): Warp {
  const angle = (degrees * Math.PI) / 180;
  const tangent = exactSin(angle) / exactCos(angle);
  const across = random.uniform(0) < 0.5 ? -tangent : tangent;
  const down = random.uniform(1) < 0.5 ? -tangent : tangent;
  return aboutCentre(size, [1, across, down, 1]);
}
