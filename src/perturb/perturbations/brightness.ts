import { z } from 'zod';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ add: z.number().min(0).max(1) });

/** Adds to the value of HSV, a fraction of full scale: scales red, green and blue alike, so hue and saturation stay. */
export const brightness: Perturbation<z.infer<typeof params>> = {
  name: 'brightness',
  title: 'Brightness',
  family: 'lighting',
  simulates: 'over-exposure, strong sun',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [{ add: 0.1 }, { add: 0.2 }, { add: 0.3 }, { add: 0.4 }, { add: 0.5 }],
  apply(image, { add }) {
    const factors = Float64Array.from({ length: 256 }, (_, value) =>
      value === 0 ? 0 : Math.min(255, value + 255 * add) / value,
    );
    const black = Math.floor(255 * add);
    const { data } = image;
    const out = new Uint8Array(data.length);
    for (let i = 0; i < data.length; i += 3) {
      const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
      const value = Math.max(r, g, b);
      if (value === 0) {
        out.fill(black, i, i + 3);
        continue;
      }
      const factor = factors[value]!;
      out[i] = r * factor + 1e-9;
      out[i + 1] = g * factor + 1e-9;
      out[i + 2] = b * factor + 1e-9;
    }
    return { ...image, data: out };
  },
};
