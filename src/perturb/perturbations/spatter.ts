import { z } from 'zod';
import { convolvePlane, gaussianKernel } from '../../image/convolve.ts';
import type { Size } from '../../image/image.ts';
import { addMud, liquidLevels, liquidPresence } from '../../image/liquid.ts';
import { addWater } from '../../image/water.ts';
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
  apply(image, { smooth, water, mud, ...liquid }, random) {
    const { width, height } = image;
    const field = new Float32Array(width * height);
    random.fillNormal(field);
    const smoothed = smoothPlane({ width, height, data: field }, smooth);
    if (mud === undefined) return addWater(image, liquidLevels(smoothed, liquid), water ?? 0);
    const present = liquidPresence(smoothed, liquid);
    return addMud(image, smoothPlane({ width, height, data: present }, mud));
  },
};

function smoothPlane(plane: Size & { readonly data: Float32Array }, sigma: number): Float32Array {
  const kernel = gaussianKernel(sigma, Math.floor(4 * sigma + 0.5));
  const data = new Float64Array(plane.data);
  return new Float32Array(convolvePlane({ ...plane, data }, kernel, kernel, 'nearest').data);
}
