import { z } from 'zod';
import { maskSamples } from '../../image/colour.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ bits: z.int().min(1).max(8) });

/** Keeps the upper bits of every sample. */
export const posterize: Perturbation<z.infer<typeof params>> = {
  name: 'posterize',
  title: 'Posterize',
  family: 'digital',
  simulates: 'few bits a channel',
  source: { paper: 'own table', reference: 'Pillow ImageOps.posterize' },
  version: 1,
  params,
  severities: [{ bits: 5 }, { bits: 4 }, { bits: 3 }, { bits: 2 }, { bits: 1 }],
  apply: (image, { bits }) => maskSamples(image, 256 - 2 ** (8 - bits)),
};
