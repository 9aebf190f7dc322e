import { z } from 'zod';
import { tapsAlong } from '../../image/motion.ts';
import { blurImage } from '../../image/taps.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  radius: z.int().min(1).max(200),
  sigma: z.number().min(0.1).max(200),
});

/** The camera moves along a line while the shutter is open; the angle is drawn from -45 to 45 degrees. */
export const motionBlur: Perturbation<z.infer<typeof params>> = {
  name: 'motion_blur',
  title: 'Motion blur',
  family: 'blur',
  simulates: 'a camera or object that moves while the shutter is open',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [
    { radius: 10, sigma: 3 },
    { radius: 15, sigma: 5 },
    { radius: 15, sigma: 8 },
    { radius: 15, sigma: 12 },
    { radius: 20, sigma: 15 },
  ],
  apply(image, { radius, sigma }, random) {
    const degrees = random.uniform(0) * 90 - 45;
    return blurImage(image, tapsAlong(image, { radius, sigma, degrees }));
  },
};
