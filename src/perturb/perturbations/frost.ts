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

/** Grey levels: bright ridges where a cloud, or the same at a half or a fifth of its size, passes its middle; milky ground. */
function iceTexture({ width, height }: Size, random: Random): Float64Array {
  let side = 4;
  while (side < Math.max(width, height)) side *= 2;
  const cloud = plasmaFractal(side, 1.5, random).data;
  const out = new Float64Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const coarse = cloud[y * side + x]!;
      // The cloud repeats, so that farther away is still inside.
      const fine = cloud[((2 * y) % side) * side + ((2 * x) % side)]!;
      const finest = cloud[((5 * y) % side) * side + ((5 * x) % side)]!;
      const crystals = Math.max(0.8 * ridge(coarse), ridge(fine), 0.8 * ridge(finest));
      out[to] = 255 * (0.25 + 0.3 * coarse + 0.45 * crystals);
    }
  }
  return out;
}

function ridge(value: number): number {
  return 1 - Math.min(1, Math.abs(value - 0.5) * 5);
}
