import { z } from 'zod';
import { turnHue } from '../../image/colour.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ degrees: z.number().min(0).max(180) });

/** Turns the hue by a fixed angle, one way or the other by a draw for each image. */
export const hue: Perturbation<z.infer<typeof params>> = {
  name: 'hue',
  title: 'Hue',
  family: 'lighting',
  simulates: 'a colour cast, a wrong white balance',
  source: {
    paper: 'own table around Roboflow’s hue augmentation of ±15°',
    reference: 'scikit-image rgb2hsv',
  },
  version: 1,
  params,
  severities: [{ degrees: 9 }, { degrees: 18 }, { degrees: 36 }, { degrees: 60 }, { degrees: 90 }],
  apply(image, { degrees }, random) {
    const turn = (random.uniform(0) < 0.5 ? -degrees : degrees) / 360;
    return turnHue(image, turn);
  },
};
