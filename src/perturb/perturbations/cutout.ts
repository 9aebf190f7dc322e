import { z } from 'zod';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ count: z.int().min(1).max(100), size: z.number().min(0).max(1) });

/** Black boxes, each a fraction of width and height, at drawn places. */
export const cutout: Perturbation<z.infer<typeof params>> = {
  name: 'cutout',
  title: 'Cutout',
  family: 'occlusion',
  simulates: 'something in front of the object',
  source: {
    paper: 'own table around Roboflow’s cutout augmentation of 3 boxes of 10 %',
    reference: 'none',
  },
  version: 1,
  params,
  severities: [
    { count: 3, size: 0.1 },
    { count: 3, size: 0.15 },
    { count: 4, size: 0.2 },
    { count: 5, size: 0.25 },
    { count: 6, size: 0.3 },
  ],
  apply(image, { count, size }, random) {
    const { width, height } = image;
    const data = Uint8Array.from(image.data);
    const across = Math.max(1, Math.round(size * width));
    const down = Math.max(1, Math.round(size * height));
    for (let box = 0; box < count; box++) {
      const left = Math.floor(random.uniform(2 * box) * (width - across + 1));
      const top = Math.floor(random.uniform(2 * box + 1) * (height - down + 1));
      for (let y = top; y < top + down; y++) {
        data.fill(0, (y * width + left) * 3, (y * width + left + across) * 3);
      }
    }
    return { ...image, data };
  },
};
