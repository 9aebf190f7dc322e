import { z } from 'zod';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ amount: z.number().min(0).max(1) });

/** A share of all pixels becomes black. */
export const pixelDropout: Perturbation<z.infer<typeof params>> = {
  name: 'pixel_dropout',
  title: 'Pixel dropout',
  family: 'noise',
  simulates: 'dead pixels',
  source: { paper: 'own table', reference: 'none' },
  version: 1,
  params,
  severities: [
    { amount: 0.01 },
    { amount: 0.03 },
    { amount: 0.06 },
    { amount: 0.12 },
    { amount: 0.2 },
  ],
  apply(image, { amount }, random) {
    const field = new Float32Array(image.width * image.height);
    random.fillUniform(field);
    const data = Uint8Array.from(image.data);
    for (let i = 0; i < field.length; i++) {
      if (field[i]! < amount) data.fill(0, 3 * i, 3 * i + 3);
    }
    return { ...image, data };
  },
};
