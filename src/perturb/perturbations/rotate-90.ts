import { z } from 'zod';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({});

/** A quarter turn clockwise; width and height change places. */
export const rotate90: Perturbation<z.infer<typeof params>> = {
  name: 'rotate_90',
  title: 'Quarter turn',
  family: 'geometry',
  simulates: 'a camera mounted on its side',
  source: { paper: 'none: exact', reference: 'OpenCV rotate' },
  version: 1,
  params,
  severities: [{}],
  apply(image) {
    const { width, height, data } = image;
    const out = new Uint8Array(data.length);
    for (let y = 0, from = 0; y < height; y++) {
      for (let x = 0; x < width; x++, from += 3) {
        const to = (x * height + height - 1 - y) * 3;
        out[to] = data[from]!;
        out[to + 1] = data[from + 1]!;
        out[to + 2] = data[from + 2]!;
      }
    }
    return { width: height, height: width, data: out };
  },
  warp: ({ width, height }) => ({
    size: { width: height, height: width },
    affine: [0, -1, height, 1, 0, 0],
    point: (x, y) => [height - y, x],
  }),
};
