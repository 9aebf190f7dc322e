import { z } from 'zod';
import type { Image } from '../../image/image.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({ factor: z.number().positive().max(1) });

/** Scales down by averaging and back up by repeating. */
export const pixelate: Perturbation<z.infer<typeof params>> = {
  name: 'pixelate',
  title: 'Pixelate',
  family: 'digital',
  simulates: 'a low resolution that was scaled up',
  source: {
    paper: 'Hendrycks & Dietterich 2019',
    reference: 'imagecorruptions 1.1.2 (Pillow BOX, NEAREST)',
  },
  version: 1,
  params,
  severities: [
    { factor: 0.6 },
    { factor: 0.5 },
    { factor: 0.4 },
    { factor: 0.3 },
    { factor: 0.25 },
  ],
  apply(image, { factor }) {
    const { width, height } = image;
    const size = {
      width: Math.max(1, Math.floor(width * factor)),
      height: Math.max(1, Math.floor(height * factor)),
    };
    const columns = shrink(image.data, {
      lines: height,
      length: width,
      to: size.width,
      step: 3,
      line: width * 3,
    });
    const small = shrink(columns, {
      lines: size.width,
      length: height,
      to: size.height,
      step: size.width * 3,
      line: 3,
    });
    return enlarge({ ...size, data: small }, image);
  },
};

interface Lines {
  readonly lines: number;
  /** Pixels of a line before, and after. */
  readonly length: number;
  readonly to: number;
  /** Samples from one pixel of a line to the next, and from one line to the next. */
  readonly step: number;
  readonly line: number;
}

/** Averages whole pixels along every line. @see Pillow `ImagingResample` with the box filter */
function shrink(source: Uint8Array, { lines, length, to, step, line }: Lines): Uint8Array {
  const across = step === 3;
  const out = new Uint8Array(lines * to * 3);
  const scale = length / to;
  for (let x = 0; x < to; x++) {
    const first = Math.max(0, Math.floor(x * scale + 0.5));
    const last = Math.min(length, Math.floor((x + 1) * scale + 0.5));
    const count = last - first;
    for (let y = 0; y < lines; y++) {
      const target = (across ? y * to + x : x * lines + y) * 3;
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (let i = first; i < last; i++) sum += source[y * line + i * step + k]!;
        out[target + k] = Math.floor(sum / count + 0.5);
      }
    }
  }
  return out;
}

function enlarge(small: Image, { width, height }: Image): Image {
  const out = new Uint8Array(width * height * 3);
  const columns = nearest(small.width, width);
  nearest(small.height, height).forEach((row, y) => {
    columns.forEach((column, x) => {
      const to = (y * width + x) * 3;
      const from = (row * small.width + column) * 3;
      for (let k = 0; k < 3; k++) out[to + k] = small.data[from + k]!;
    });
  });
  return { width, height, data: out };
}

/** Which of `count` pixels each of `length` shows. */
function nearest(count: number, length: number): Int32Array {
  const step = count / length;
  let at = step / 2;
  return Int32Array.from({ length }, () => {
    const index = Math.min(Math.floor(at), count - 1);
    // Summed up rather than multiplied, as Pillow does: the rounding decides where a pixel is just halfway.
    at += step;
    return index;
  });
}
