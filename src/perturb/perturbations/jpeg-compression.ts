import { z } from 'zod';
import { jpegRoundTrip } from '../../image/codec.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ quality: z.int().min(1).max(100) });

/** Encodes as JPEG (libjpeg's quality, 4:2:0) and decodes again. */
export const jpegCompression: Perturbation<z.infer<typeof params>> = {
  name: 'jpeg_compression',
  title: 'JPEG compression',
  family: 'digital',
  simulates: 'a camera stream or an archive that compresses hard',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2 (Pillow)' },
  version: 1,
  params,
  severities: [{ quality: 25 }, { quality: 18 }, { quality: 15 }, { quality: 10 }, { quality: 7 }],
  apply: (image, { quality }) => jpegRoundTrip(image, quality),
};
