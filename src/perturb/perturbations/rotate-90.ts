import { z } from 'zod';
import { turnClockwise } from '../../image/turn.ts';
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
  apply: turnClockwise,
  warp: ({ width, height }) => ({
    size: { width: height, height: width },
    affine: [0, -1, height, 1, 0, 0],
    point: (x, y) => [height - y, x],
  }),
};
