import { z } from 'zod';
import { greyscale } from '../../image/colour.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({});

/** Red, green and blue become the luma of Rec. 601. */
export const grayscale: Perturbation<z.infer<typeof params>> = {
  name: 'grayscale',
  title: 'Greyscale',
  family: 'digital',
  simulates: 'a monochrome camera, night vision',
  source: { paper: 'none: exact', reference: 'OpenCV cvtColor RGB2GRAY' },
  version: 1,
  params,
  severities: [{}],
  apply: greyscale,
};
