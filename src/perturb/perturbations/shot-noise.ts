import { z } from 'zod';
import { exactExp } from '../../image/exact.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ photons: z.number().min(0.5).max(500) });

/** Photon counts: every sample becomes a Poisson draw whose mean is the sample, `photons` at full scale. */
export const shotNoise: Perturbation<z.infer<typeof params>> = {
  name: 'shot_noise',
  title: 'Shot noise',
  family: 'noise',
  simulates: 'few photons: low light, short exposure',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [{ photons: 60 }, { photons: 25 }, { photons: 12 }, { photons: 5 }, { photons: 3 }],
  apply(image, { photons }, random) {
    const field = new Float32Array(image.data.length);
    random.fillUniform(field);
    const tables = Array.from({ length: 256 }, (_, sample) => cumulative((sample / 255) * photons));
    const data = new Uint8Array(field.length);
    for (let i = 0; i < data.length; i++) {
      const table = tables[image.data[i]!]!;
      const draw = field[i]!;
      let count = 0;
      while (draw > table[count]!) count++;
      data[i] = Math.min(1, count / photons) * 255;
    }
    return { ...image, data };
  },
};

/** Probability of at most 0, 1, 2 ... counts; 1 at the end. */
function cumulative(mean: number): Float64Array {
  const sums: number[] = [];
  let term = exactExp(-mean);
  let sum = term;
  for (let count = 1; sum < 1 - 1e-9; count++) {
    sums.push(sum);
    term = (term * mean) / count;
    sum += term;
  }
  return Float64Array.from([...sums, 1]);
}
