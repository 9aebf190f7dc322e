import { z } from 'zod';
import { flipAcross } from '../../image/turn.ts';
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
  apply: flipAcross,
  warp: (size) => ({
    size,
    affine: [-1, 0, size.width, 0, 1, 0],
    point: (x, y) => [size.width - x, y],
  }),
};
