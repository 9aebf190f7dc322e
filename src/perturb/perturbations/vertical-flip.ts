import { z } from 'zod';
import { takeBytes } from '../../image/room.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({});

/** Top and bottom change places. */
export const verticalFlip: Perturbation<z.infer<typeof params>> = {
  name: 'vertical_flip',
  title: 'Vertical flip',
  family: 'geometry',
  simulates: 'a camera mounted upside down, an aerial view',
  source: { paper: 'none: exact', reference: 'OpenCV flip' },
  version: 1,
  params,
  severities: [{}],
  apply(image) {
    const { width, height, data } = image;
    const out = takeBytes(data.length);
    const row = width * 3;
    for (let y = 0; y < height; y++) {
      out.set(data.subarray(y * row, (y + 1) * row), (height - 1 - y) * row);
    }
    return { ...image, data: out };
  },
  warp: (size) => ({
    size,
    affine: [1, 0, 0, 0, -1, size.height],
    point: (x, y) => [x, size.height - y],
  }),
};
