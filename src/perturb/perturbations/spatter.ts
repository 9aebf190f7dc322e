import { z } from 'zod';
import { convolvePlane, gaussianKernel } from '../../image/convolve.ts';
import type { Image, Size } from '../../image/image.ts';
import type { Plane } from '../../image/plane.ts';
import type { Random } from '../../image/random.ts';
import { waterCover } from '../../image/water.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  mean: z.number(),
  sigma: z.number().positive(),
  smooth: z.number().min(0.1).max(20),
  threshold: z.number().min(0).max(1),
  /** Of water: how much is added. */
  water: z.number().min(0).max(5).optional(),
  /** Of mud: sigma that softens its rims. */
  mud: z.number().min(0.1).max(20).optional(),
});

/** Noise smoothed and cut at a threshold makes drops: of pale water up to severity 3, of brown mud above. Where nothing is over the threshold the image stays; the reference divides by 0 there. */
export const spatter: Perturbation<z.infer<typeof params>> = {
  name: 'spatter',
  title: 'Spatter',
  family: 'weather',
  simulates: 'drops of water or mud on the lens',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [
    { mean: 0.65, sigma: 0.3, smooth: 4, threshold: 0.69, water: 0.6 },
    { mean: 0.65, sigma: 0.3, smooth: 3, threshold: 0.68, water: 0.6 },
    { mean: 0.65, sigma: 0.3, smooth: 2, threshold: 0.68, water: 0.5 },
    { mean: 0.65, sigma: 0.3, smooth: 1, threshold: 0.65, mud: 1.5 },
    { mean: 0.67, sigma: 0.4, smooth: 1, threshold: 0.65, mud: 1.5 },
  ],
  apply(image, { water, mud, ...drops }, random) {
    const liquid = liquidLayer(image, drops, random);
    return mud === undefined ? addWater(image, liquid, water ?? 0) : addMud(image, liquid, mud);
  },
};

// Pale turquoise and brown, of 255.
const WATER = [175, 238, 238];
const MUD = [63, 42, 20];

/** Under this, mud is not there at all. */
const LEAST_MUD = 0.8;

/** Height of the liquid: 0, or from the threshold up. */
function liquidLayer(
  { width, height }: Size,
  {
    mean,
    sigma,
    smooth,
    threshold,
  }: Pick<z.infer<typeof params>, 'mean' | 'sigma' | 'smooth' | 'threshold'>,
  random: Random,
): Plane {
  const field = new Float32Array(width * height);
  random.fillNormal(field);
  const data = new Float64Array(field.length);
  for (let i = 0; i < data.length; i++) data[i] = mean + sigma * field[i]!;
  const layer = smoothed({ width, height, data }, smooth);
  return { width, height, data: layer.data.map((value) => (value < threshold ? 0 : value)) };
}

function smoothed(plane: Plane, sigma: number): Plane {
  const kernel = gaussianKernel(sigma, Math.floor(4 * sigma + 0.5));
  return convolvePlane(plane, kernel, kernel, 'nearest');
}

function addWater(image: Image, liquid: Plane, amount: number): Image {
  const levels = new Uint8Array(liquid.data.length);
  // The reference lets heights over 1 wrap around, as 8 bits do.
  for (let i = 0; i < levels.length; i++) levels[i] = liquid.data[i]! * 255;
  const cover = waterCover(image, levels);
  const out = new Uint8Array(image.data.length);
  for (let pixel = 0, i = 0; pixel < cover.length; pixel++) {
    for (let k = 0; k < 3; k++, i++) {
      out[i] = Math.min(255, image.data[i]! + cover[pixel]! * amount * WATER[k]! + 5e-5);
    }
  }
  return { ...image, data: out };
}

function addMud(image: Image, liquid: Plane, sigma: number): Image {
  const present = { ...liquid, data: liquid.data.map((value) => Number(value > 0)) };
  const cover = smoothed(present, sigma).data.map((value) => (value < LEAST_MUD ? 0 : value));
  const out = new Uint8Array(image.data.length);
  for (let pixel = 0, i = 0; pixel < cover.length; pixel++) {
    const share = cover[pixel]!;
    for (let k = 0; k < 3; k++, i++) {
      out[i] = Math.min(255, image.data[i]! * (1 - share) + share * MUD[k]! + 5e-5);
    }
  }
  return { ...image, data: out };
}
