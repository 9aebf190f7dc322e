import { z } from 'zod';
import { gaussianKernel } from '../../image/convolve.ts';
import type { Image } from '../../image/image.ts';
import { convolvePlane, type Plane, reflect101 } from '../../image/plane.ts';
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
  const inside = Float64Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) - reach;
    const y = Math.floor(i / side) - reach;
    return Number(x * x + y * y <= radius * radius);
  });
  const sum = inside.reduce((total, value) => total + value, 0);
  const soft = gaussianKernel(alias, radius <= 8 ? 1 : 2);
  const plane = { width: side, height: side, data: inside.map((value) => value / sum) };
  return convolvePlane(plane, soft, soft, 'reflect101');
}

/**
 * Convolves with a kernel that is the same upside down. Inside a row the kernel is constant but for the rim,
 * so the result is summed up from what changes from one pixel to the next.
 */
function convolveDisc(image: Image, kernel: Plane): Image {
  const { width, height } = image;
  const reach = (kernel.width - 1) / 2;
  const padded = padMirrored(image, reach + 1);
  const stride = (width + 2 * reach + 2) * 3;
  const changes = Array.from({ length: reach + 1 }, (_, dy) => rowChanges(kernel, reach, dy));
  const [pair, sums] = [new Float64Array(stride), new Float64Array(width * 3)];
  const out = new Uint8ClampedArray(image.data.length);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const first = [5e-5, 5e-5, 5e-5];
    for (let dy = 0; dy <= reach; dy++) {
      const above = reflect101(y - dy, height) * stride;
      const below = reflect101(y + dy, height) * stride;
      const share = dy === 0 ? 0.5 : 1;
      for (let i = 0; i < stride; i++) pair[i] = share * (padded[above + i]! + padded[below + i]!);
      for (let dx = -reach; dx <= reach; dx++) {
        const weight = kernel.data[(reach + dy) * kernel.width + reach + dx]!;
        for (let k = 0; k < 3; k++) first[k] = first[k]! + weight * pair[(reach + 1 + dx) * 3 + k]!;
      }
      for (const { dx, weight } of changes[dy]!) addRow(sums, pair, (reach + 1 + dx) * 3, weight);
    }
    for (let i = 0; i < sums.length; i++) {
      first[i % 3] = i < 3 ? first[i]! : first[i % 3]! + sums[i]!;
      out[y * width * 3 + i] = Math.floor(first[i % 3]!);
    }
  }
  return { width, height, data: new Uint8Array(out.buffer) };
}

function rowChanges(
  { data, width }: Plane,
  reach: number,
  dy: number,
): { dx: number; weight: number }[] {
  const at = (dx: number): number =>
    Math.abs(dx) > reach ? 0 : data[(reach + dy) * width + reach + dx]!;
  return Array.from({ length: 2 * reach + 2 }, (_, i) => i - reach - 1)
    .map((dx) => ({ dx, weight: at(dx) - at(dx + 1) }))
    .filter(({ weight }) => Math.abs(weight) > 1e-12);
}

function addRow(sums: Float64Array, source: Float64Array, from: number, weight: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + weight * source[from + i]!;
}

function padMirrored({ width, height, data }: Image, pad: number): Uint8Array {
  const wide = width + 2 * pad;
  const padded = new Uint8Array(wide * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = -pad; x < width + pad; x++, to += 3) {
      const from = (y * width + reflect101(x, width)) * 3;
      padded[to] = data[from]!;
      padded[to + 1] = data[from + 1]!;
      padded[to + 2] = data[from + 2]!;
    }
  }
  return padded;
}
