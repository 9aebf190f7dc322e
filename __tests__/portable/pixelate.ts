import type { Image, Size } from '../../src/image/image.ts';
import { boxRanges, boxWeights, nearest } from '../../src/image/pixelate.ts';

interface Lines {
  readonly lines: number;
  /** Pixels of a line before, and after. */
  readonly length: number;
  readonly to: number;
  /** Samples from one pixel of a line to the next, and from one line to the next. */
  readonly step: number;
  readonly line: number;
}

/** `averageBlocks` in plain JavaScript. */
export function averageBlocksPortable(image: Image, small: Size): Image {
  const { width, height } = image;
  const columns = shrink(image.data, {
    lines: height,
    length: width,
    to: small.width,
    step: 3,
    line: width * 3,
  });
  const data = shrink(columns, {
    lines: small.width,
    length: height,
    to: small.height,
    step: small.width * 3,
    line: 3,
  });
  return enlarge({ ...small, data }, image);
}

function shrink(source: Uint8Array, { lines, length, to, step, line }: Lines): Uint8Array {
  const across = step === 3;
  const out = new Uint8Array(lines * to * 3);
  const ranges = boxRanges(to, length);
  const weights = boxWeights(length);
  for (let x = 0; x < to; x++) {
    const [first, last] = [ranges[2 * x]!, ranges[2 * x + 1]!];
    for (let y = 0; y < lines; y++) {
      const target = (across ? y * to + x : x * lines + y) * 3;
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (let i = first; i < last; i++) sum += source[y * line + i * step + k]!;
        out[target + k] = (sum * weights[last - first]! + 2 ** 21) >>> 22;
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
      const from = (row * small.width + column) * 3;
      out.set(small.data.subarray(from, from + 3), (y * width + x) * 3);
    });
  });
  return { width, height, data: out };
}
