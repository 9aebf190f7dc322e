import { z } from 'zod';
import type { Warp } from '../../boxes/warp.ts';
import type { Size } from '../../image/image.ts';
import type { Random } from '../../image/random.ts';
import { warpAffine } from '../../image/resample.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ keep: z.number().min(0.05).max(1) });

/** Keeps a part of width and height, where by a draw, and enlarges it to the old size. */
export const crop: Perturbation<z.infer<typeof params>> = {
  name: 'crop',
  title: 'Crop',
  family: 'geometry',
  simulates: 'a camera nearer, objects cut by the frame',
  source: {
    paper: 'own table; Roboflow’s crop augmentation zooms in by up to 20 % by default',
    reference: 'OpenCV warpAffine, bilinear',
  },
  version: 1,
  params,
  severities: [{ keep: 0.95 }, { keep: 0.88 }, { keep: 0.8 }, { keep: 0.7 }, { keep: 0.6 }],
  apply: (image, { keep }, random) => warpAffine(image, enlarged(image, keep, random)),
  warp: (size, { keep }, random) => enlarged(size, keep, random),
};

function enlarged(size: Size, keep: number, random: Random): Warp {
  const factor = 1 / keep;
  const c = -random.uniform(0) * (1 - keep) * size.width * factor;
  const f = -random.uniform(1) * (1 - keep) * size.height * factor;
  return {
    size,
    affine: [factor, 0, c, 0, factor, f],
    point: (x, y) => [factor * x + c, factor * y + f],
  };
}
