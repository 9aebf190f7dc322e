import { z } from 'zod';
import { gaussianKernel } from '../../image/gaussian.ts';
import { blurByGroups } from '../../image/groups.ts';
import type { Image } from '../../image/image.ts';
import type { Plane } from '../../image/plane.ts';
import { sumSeparable } from '../../image/taps.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  radius: z.int().min(1).max(50),
  alias: z.number().min(0.1).max(3),
});

/** Convolves with a disc whose rim is softened, edges mirrored. */
export const defocusBlur: Perturbation<z.infer<typeof params>> = {
  name: 'defocus_blur',
  title: 'Defocus blur',
  family: 'blur',
  simulates: 'a lens focused elsewhere',
  source: {
    paper: 'Hendrycks & Dietterich 2019',
    reference: 'imagecorruptions 1.1.2 (OpenCV filter2D)',
  },
  version: 1,
  params,
  severities: [
    { radius: 3, alias: 0.1 },
    { radius: 4, alias: 0.5 },
    { radius: 6, alias: 0.5 },
    { radius: 8, alias: 0.5 },
    { radius: 10, alias: 0.5 },
  ],
  apply: (image, { radius, alias }) => convolveDisc(image, disc(radius, alias)),
};

/** The reference's disc: a square of 17 at least, softened by 3 x 3 weights up to radius 8, then by 5 x 5. */
function disc(radius: number, alias: number): Plane {
  const reach = Math.max(radius, 8);
  const side = 2 * reach + 1;
  const inside = Float32Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) - reach;
    const y = Math.floor(i / side) - reach;
    return Number(x * x + y * y <= radius * radius);
  });
  const sum = inside.reduce((total, value) => total + value, 0);
  const soft = gaussianKernel(alias, radius <= 8 ? 1 : 2);
  const plane = { width: side, height: side, data: inside.map((value) => value / sum) };
  return { ...plane, data: sumSeparable({ ...plane, channels: 1 }, soft, soft, 'reflect101') };
}

/** Correlates with a kernel, edges mirrored; the result is truncated. */
function convolveDisc(image: Image, kernel: Plane): Image {
  const reach = (kernel.width - 1) / 2;
  const taps = Array.from(kernel.data, (weight, i) => ({
    dx: (i % kernel.width) - reach,
    dy: Math.floor(i / kernel.width) - reach,
    weight: Math.round(weight * GRID) / GRID,
  })).filter(({ weight }) => weight > 0);
  return blurByGroups(image, taps, 'reflect101');
}

/** Weights that differ in rounding alone become one: few weights are quick. */
const GRID = 2 ** 26;
