import { z } from 'zod';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({});

/** Left and right change places. */
export const horizontalFlip: Perturbation<z.infer<typeof params>> = {
  name: 'horizontal_flip',
  title: 'Horizontal flip',
  family: 'geometry',
  simulates: 'the scene seen from the other side',
  source: { paper: 'none: exact', reference: 'OpenCV flip' },
  version: 1,
  params,
  severities: [{}],
  apply(image) {
    const { width, data } = image;
    const out = new Uint8Array(data.length);
    for (let to = 0; to < data.length; to += 3) {
      const pixel = to / 3;
      const from = (pixel - (pixel % width) + (width - 1 - (pixel % width))) * 3;
      out[to] = data[from]!;
      out[to + 1] = data[from + 1]!;
      out[to + 2] = data[from + 2]!;
    }
    return { ...image, data: out };
  },
  warp: (size) => ({
    size,
    affine: [-1, 0, size.width, 0, 1, 0],
    point: (x, y) => [size.width - x, y],
  }),
};
