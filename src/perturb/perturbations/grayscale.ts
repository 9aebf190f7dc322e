import { z } from 'zod';
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
  apply(image) {
    const { data } = image;
    const out = new Uint8Array(data.length);
    for (let i = 0; i < data.length; i += 3) {
      // Rec. 601 in units of 2^-14, as OpenCV.
      const luma = (4899 * data[i]! + 9617 * data[i + 1]! + 1868 * data[i + 2]! + 8192) >> 14;
      out[i] = luma;
      out[i + 1] = luma;
      out[i + 2] = luma;
    }
    return { ...image, data: out };
  },
};
