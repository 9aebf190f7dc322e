import { z } from 'zod';
import { convolvePlane, gaussianKernel } from '../../image/convolve.ts';
import type { Image, Size } from '../../image/image.ts';
import { reflect } from '../../image/plane.ts';
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
    const dx = displacement(image, alpha, random);
    const dy = displacement(image, alpha, random.fork(1));
    return displace(image, dx, dy);
  },
};

/** Uniform noise of up to half a per cent of the height, smoothed with 1 % of the size and multiplied by `alpha`. */
function displacement({ width, height }: Size, alpha: number, random: Random): Float32Array {
  const field = new Float32Array(width * height);
  random.fillUniform(field);
  const most = height * 0.005;
  const data = new Float64Array(field.length);
  for (let i = 0; i < data.length; i++) data[i] = 2 * most * field[i]! - most;
  const [across, down] = [width * 0.01, height * 0.01].map((sigma) =>
    gaussianKernel(sigma, Math.floor(3 * sigma + 0.5)),
  );
  if (!across || !down) return field;
  const smooth = convolvePlane({ width, height, data }, across, down, 'reflect');
  for (let i = 0; i < field.length; i++) field[i] = smooth.data[i]! * alpha;
  return field;
}

function displace(image: Image, dx: Float32Array, dy: Float32Array): Image {
  const { width, height, data } = image;
  const out = new Uint8Array(data.length);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const [u, v] = [x + dx[pixel]!, y + dy[pixel]!];
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const [right, below] = [u - left, v - top];
      const x0 = inside(left, width) * 3;
      const x1 = inside(left + 1, width) * 3;
      const y0 = inside(top, height) * width * 3;
      const y1 = inside(top + 1, height) * width * 3;
      for (let k = 0; k < 3; k++) {
        const upper = data[y0 + x0 + k]! * (1 - right) + data[y0 + x1 + k]! * right;
        const lower = data[y1 + x0 + k]! * (1 - right) + data[y1 + x1 + k]! * right;
        out[3 * pixel + k] = upper * (1 - below) + lower * below + 5e-5;
      }
    }
  }
  return { width, height, data: out };
}

function inside(index: number, length: number): number {
  return index >= 0 && index < length ? index : reflect(index, length);
}
