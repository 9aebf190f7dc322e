import { z } from 'zod';
import { convolvePlane, gaussianKernel } from '../../image/convolve.ts';
import { displace } from '../../image/displace.ts';
import type { Size } from '../../image/image.ts';
import type { Random } from '../../image/random.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ alpha: z.number().min(0).max(100) });

/** Moves every pixel by a smooth random field, bilinear, mirrored outside. The field’s reach grows with the image height. Boxes stay: points move by about half a per cent of the size. */
export const elasticTransform: Perturbation<z.infer<typeof params>> = {
  name: 'elastic_transform',
  title: 'Elastic transform',
  family: 'digital',
  simulates: 'heat haze, an uneven lens',
  source: { paper: 'Hendrycks & Dietterich 2019', reference: 'imagecorruptions 1.1.2' },
  version: 1,
  params,
  severities: [{ alpha: 12.5 }, { alpha: 16.25 }, { alpha: 21.25 }, { alpha: 25 }, { alpha: 30 }],
  apply(image, { alpha }, random) {
    // Uniform noise of up to half a per cent of the height, smoothed and multiplied by `alpha`.
    const reach = 2 * alpha * 0.005 * image.height;
    return displace(image, smoothNoise(image, random), smoothNoise(image, random.fork(1)), reach);
  },
};

/** Uniform noise, 0 to 1, smoothed with 1 % of the size. */
function smoothNoise({ width, height }: Size, random: Random): Float32Array {
  const field = new Float32Array(width * height);
  random.fillUniform(field);
  const [across, down] = [width * 0.01, height * 0.01].map((sigma) =>
    gaussianKernel(sigma, Math.floor(3 * sigma + 0.5)),
  );
  if (!across || !down) return field;
  const plane = { width, height, data: new Float64Array(field) };
  return new Float32Array(convolvePlane(plane, across, down, 'reflect').data);
}
