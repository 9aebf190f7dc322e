import { z } from 'zod';
import { exactPow } from '../../image/exact.ts';
import { mapSamples } from '../../image/lookup.ts';
import { lightOf, sampleOf } from '../../image/srgb.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ stops: z.number().min(0).max(8) });

/** Multiplies the light itself by a power of two, up or down by a draw for each image; what is over full scale is lost. */
export const exposure: Perturbation<z.infer<typeof params>> = {
  name: 'exposure',
  title: 'Exposure',
  family: 'lighting',
  simulates: 'a shutter open too long or not long enough',
  source: { paper: 'own table; a stop is a factor of 2', reference: 'sRGB, IEC 61966-2-1' },
  version: 1,
  params,
  severities: [{ stops: 0.5 }, { stops: 1 }, { stops: 1.5 }, { stops: 2 }, { stops: 2.5 }],
  apply(image, { stops }, random) {
    const gain = exactPow(2, random.uniform(0) < 0.5 ? -stops : stops);
    return mapSamples(image, (sample) => sampleOf(lightOf(sample) * gain) + 0.5);
  },
};
