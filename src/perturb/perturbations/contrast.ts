import { z } from 'zod';
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
    const { width, height, data } = image;
    let [red, green, blue] = [0, 0, 0];
    for (let i = 0; i < data.length; i += 3) {
      red += data[i]!;
      green += data[i + 1]!;
      blue += data[i + 2]!;
    }
    const means = [red, green, blue].map((sum) => sum / (width * height));
    return mapSamples(
      image,
      (sample, channel) => (sample - means[channel]!) * factor + means[channel]!,
    );
  },
};
