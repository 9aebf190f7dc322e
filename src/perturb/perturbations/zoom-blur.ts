import { z } from 'zod';
import type { Image } from '../../image/image.ts';
import { zoomLine } from '../../image/zoom.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  step: z.number().positive().max(1),
  layers: z.int().min(1).max(100),
});

/** The mean of the image, twice, and of its enlargements about the middle. */
export const zoomBlur: Perturbation<z.infer<typeof params>> = {
  name: 'zoom_blur',
  title: 'Zoom blur',
  family: 'blur',
  simulates: 'driving towards the scene',
  source: {
    paper: 'Hendrycks & Dietterich 2019',
    reference: 'imagecorruptions 1.1.2 (scipy zoom)',
  },
  version: 1,
  params,
  severities: [
    { step: 0.01, layers: 12 },
    { step: 0.01, layers: 16 },
    { step: 0.02, layers: 11 },
    { step: 0.02, layers: 13 },
    { step: 0.03, layers: 11 },
  ],
  apply(image, { step, layers }) {
    const sums = Float32Array.from(image.data);
    for (let layer = 0; layer < layers; layer++) addZoomed(sums, image, 1 + layer * step);
    const data = new Uint8Array(sums.length);
    for (let i = 0; i < data.length; i++) data[i] = sums[i]! / (layers + 1) + 5e-4;
    return { ...image, data };
  },
};

function addZoomed(sums: Float32Array, { width, height, data }: Image, factor: number): void {
  const across = zoomLine(width, factor);
  const down = zoomLine(height, factor);
  const blended = new Float64Array(width * 3);
  for (let y = 0; y < height; y++) {
    if (down.index[y]! < 0) continue;
    const above = down.index[y]! * width * 3;
    const below = Math.min(down.index[y]! + 1, height - 1) * width * 3;
    const v = down.fraction[y]!;
    for (let i = 0; i < blended.length; i++) {
      blended[i] = data[above + i]! * (1 - v) + data[below + i]! * v;
    }
    for (let x = 0, to = y * width * 3; x < width; x++, to += 3) {
      const left = across.index[x]! * 3;
      if (left < 0) continue;
      const right = Math.min(left + 3, blended.length - 3);
      const u = across.fraction[x]!;
      for (let k = 0; k < 3; k++) {
        sums[to + k] = sums[to + k]! + blended[left + k]! * (1 - u) + blended[right + k]! * u;
      }
    }
  }
}
