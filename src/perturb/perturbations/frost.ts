import { z } from 'zod';
import type { Size } from '../../image/image.ts';
import { plasmaFractal } from '../../image/plasma.ts';
import type { Random } from '../../image/random.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ keep: z.number().min(0).max(1), ice: z.number().min(0).max(1) });

/** Adds a texture of ice. The reference’s photographs are not ours to ship, so its texture is replaced by ridged clouds: `imagenet-c` figures with it are not the published benchmark’s. */
export const frost: Perturbation<z.infer<typeof params>> = {
  name: 'frost',
  title: 'Frost',
  family: 'weather',
  simulates: 'ice on the lens or the pane',
  source: {
    paper: 'Hendrycks & Dietterich 2019',
    reference: 'imagecorruptions 1.1.2, its blending; the texture is our own',
  },
  version: 1,
  params,
  severities: [
    { keep: 1, ice: 0.4 },
    { keep: 0.8, ice: 0.6 },
    { keep: 0.7, ice: 0.7 },
    { keep: 0.65, ice: 0.7 },
    { keep: 0.6, ice: 0.75 },
  ],
  apply(image, { keep, ice }, random) {
    const texture = iceTexture(image, random);
    const { data } = image;
    const out = new Uint8ClampedArray(data.length);
    for (let i = 0; i < data.length; i++) {
      const tinted = texture[(i - (i % 3)) / 3]! * TINT[i % 3]!;
      out[i] = Math.floor(keep * data[i]! + ice * tinted + 1e-9);
    }
    return { ...image, data: new Uint8Array(out.buffer) };
  },
};

const TINT = [0.9, 0.96, 1];

/** Grey levels: bright ridges where either of two clouds passes its middle, on a milky ground. */
function iceTexture({ width, height }: Size, random: Random): Float64Array {
  let side = 4;
  while (side < Math.max(width, height)) side *= 2;
  const coarse = plasmaFractal(side, 1.7, random).data;
  const fine = plasmaFractal(side, 1.4, random.fork(1)).data;
  return Float64Array.from({ length: width * height }, (_, i) => {
    const at = Math.floor(i / width) * side + (i % width);
    const ridge = (value: number): number => 1 - Math.min(1, Math.abs(value - 0.5) * 6);
    const crystals = Math.max(ridge(coarse[at]!), 0.8 * ridge(fine[at]!));
    return 255 * (0.25 + 0.3 * coarse[at]! + 0.45 * crystals);
  });
}
