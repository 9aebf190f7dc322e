import { z } from 'zod';
import { exactExp } from '../../image/exact.ts';
import { mapSamples } from '../../image/lookup.ts';
import { lightOf, sampleOf } from '../../image/srgb.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ mired: z.number().min(0).max(400) });

/** The second radiation constant, nm per mired. */
const RADIATION = 14.388;
/** Of red, green and blue, nm. */
const WAVELENGTHS = [600, 540, 450];

/** Warmer or colder light, by a draw for each image: red and blue are multiplied against green as Wien’s law has it. */
export const colorTemperature: Perturbation<z.infer<typeof params>> = {
  name: 'color_temperature',
  title: 'Colour temperature',
  family: 'lighting',
  simulates: 'morning and evening light, lamps, a wrong white balance',
  source: {
    paper: 'own table, in mired',
    reference: 'Wien’s law at 600, 540 and 450 nm; sRGB, IEC 61966-2-1',
  },
  version: 1,
  params,
  severities: [{ mired: 30 }, { mired: 60 }, { mired: 100 }, { mired: 150 }, { mired: 200 }],
  apply(image, { mired }, random) {
    const shift = random.uniform(0) < 0.5 ? -mired : mired;
    const gains = WAVELENGTHS.map((nm) => exactExp(RADIATION * shift * (1 / 540 - 1 / nm)));
    return mapSamples(
      image,
      (sample, channel) => sampleOf(lightOf(sample) * gains[channel]!) + 0.5,
    );
  },
};
