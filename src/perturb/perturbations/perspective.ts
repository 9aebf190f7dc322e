import { z } from 'zod';
import { mapPoint, type Quad, quadToUnit, unitToQuad } from '../../boxes/homography.ts';
import type { Size } from '../../image/image.ts';
import type { Random } from '../../image/random.ts';
import { warpProjective } from '../../image/resample.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ fraction: z.number().min(0).max(0.4) });

/** Moves every corner inwards, each by its own draw of up to a fraction of width and height; black outside. */
export const perspective: Perturbation<z.infer<typeof params>> = {
  name: 'perspective',
  title: 'Perspective',
  family: 'geometry',
  simulates: 'a camera that looks from another place',
  source: { paper: 'own table', reference: 'OpenCV warpPerspective, bilinear' },
  version: 1,
  params,
  severities: [
    { fraction: 0.04 },
    { fraction: 0.08 },
    { fraction: 0.12 },
    { fraction: 0.18 },
    { fraction: 0.25 },
  ],
  apply(image, { fraction }, random) {
    const { width, height } = image;
    const [a, b, c, d, e, f, g, h, i] = quadToUnit(corners(image, fraction, random));
    return warpProjective(image, [
      a * width,
      b * width,
      c * width,
      d * height,
      e * height,
      f * height,
      g,
      h,
      i,
    ]);
  },
  warp({ width, height }, { fraction }, random) {
    const forward = unitToQuad(corners({ width, height }, fraction, random));
    return {
      size: { width, height },
      affine: null,
      point: (x, y) => mapPoint(forward, x / width, y / height),
    };
  },
};

/** Where the corners go, clockwise from the top left. */
function corners({ width, height }: Size, fraction: number, random: Random): Quad {
  const x = (index: number): number => random.uniform(2 * index) * fraction * width;
  const y = (index: number): number => random.uniform(2 * index + 1) * fraction * height;
  return [
    [x(0), y(0)],
    [width - x(1), y(1)],
    [width - x(2), height - y(2)],
    [x(3), height - y(3)],
  ];
}
