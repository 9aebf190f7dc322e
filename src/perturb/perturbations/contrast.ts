import { z } from 'zod';
import { channelMeans } from '../../image/colour.ts';
import { mapSamples } from '../../image/lookup.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ factor: z.number().min(0).max(1) });

/** Pulls every sample towards its channel's mean. */
export const contrast: Perturbation<z.infer<typeof params>> = {
  name: 'contrast',
  title: 'Contrast',
  family: 'lighting',
  simulates: 'haze, flat light, a poor lens',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [
    { factor: 0.4 },
    { factor: 0.3 },
    { factor: 0.2 },
    { factor: 0.1 },
    { factor: 0.05 },
  ],
  apply(image, { factor }) {
    const means = channelMeans(image);
    return mapSamples(
      image,
      (sample, channel) => (sample - means[channel]!) * factor + means[channel]!,
    );
  },
};
