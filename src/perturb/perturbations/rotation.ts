import { z } from 'zod';
import { aboutCentre } from '../../boxes/affine.ts';
import type { Warp } from '../../boxes/warp.ts';
import { exactCos, exactSin } from '../../image/exact.ts';
import type { Size } from '../../image/image.ts';
import type { Random } from '../../image/random.ts';
import { warpAffine } from '../../image/resample.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ degrees: z.number().min(0).max(180) });

/** Turns about the centre by a fixed angle, left or right by a draw for each image; black outside. */
export const rotation: Perturbation<z.infer<typeof params>> = {
  name: 'rotation',
  title: 'Rotation',
  family: 'geometry',
  simulates: 'a tilted camera',
  source: {
    paper: 'own table; 15 degrees is the default of Roboflow’s rotation augmentation',
    reference: 'OpenCV warpAffine, bilinear',
  },
  version: 1,
  params,
  severities: [
    { degrees: 5 },
    { degrees: 10 },
    { degrees: 15 },
    { degrees: 22.5 },
    { degrees: 30 },
  ],
  apply: (image, { degrees }, random) => warpAffine(image, turn(image, degrees, random)),
  warp: (size, { degrees }, random) => turn(size, degrees, random),
};

function turn(size: Size, degrees: number, random: Random): Warp {
  const angle = ((random.uniform(0) < 0.5 ? -degrees : degrees) * Math.PI) / 180;
  const [cosine, sine] = [exactCos(angle), exactSin(angle)];
  return aboutCentre(size, [cosine, -sine, sine, cosine]);
}
