import type { Image, Size } from './image.ts';
import { mapPixels } from './pixelwise.ts';

/** A small pixel in the kernel's row of sums. */
const SUM_BYTES = 16;

/**
 * Scales down by averaging whole pixels, along rows first, and back up by repeating.
 *
 * @param small The size in between, not larger than the image.
 * @see Pillow `ImagingResample` with the box filter, `ImagingTransform` with the nearest pixel
 */
export function averageBlocks(image: Image, small: Size): Image {
  const { width, height } = image;
  const weights = boxWeights(Math.ceil(Math.max(width / small.width, height / small.height)) + 1);
  return mapPixels(image, (memory, source, target) => {
    const across = memory.put(boxRanges(small.width, width));
    const down = memory.put(boxRanges(small.height, height));
    const columns = memory.put(nearest(small.width, width));
    const rows = memory.put(nearest(small.height, height));
    const weightAt = memory.put(weights);
    const row = memory.reserve(small.width * SUM_BYTES);
    memory.kernels.pixelate(
      source,
      target,
      width,
      height,
      small.width,
      across,
      down,
      columns,
      rows,
      weightAt,
      row,
    );
  });
}

/**
 * Where each of `count` boxes over `length` pixels begins and ends: `[first, last)` of each in turn.
 *
 * Where an edge falls on the middle of a pixel, rounding decides whose it is, so these are Pillow's own sums.
 *
 * @see Pillow `precompute_coeffs` with the box filter, which weighs what lies in (-0.5, 0.5]
 */
export function boxRanges(count: number, length: number): Int32Array {
  const ranges = new Int32Array(2 * count);
  const scale = length / count;
  const inverse = 1 / scale;
  const support = 0.5 * scale;
  for (let i = 0; i < count; i++) {
    const centre = (i + 0.5) * scale;
    const weighs = (x: number): boolean => {
      const at = (x - centre + 0.5) * inverse;
      return at > -0.5 && at <= 0.5;
    };
    let first = Math.max(0, Math.trunc(centre - support + 0.5));
    let last = Math.min(length, Math.trunc(centre + support + 0.5));
    if (!weighs(first)) first += 1;
    if (!weighs(last - 1)) last -= 1;
    ranges.set([first, last], 2 * i);
  }
  return ranges;
}

/** For a box of so many pixels, up to `most`, the weight of one in units of 2^-22. */
export function boxWeights(most: number): Int32Array {
  return Int32Array.from({ length: most + 1 }, (_, n) => Math.round(2 ** 22 / Math.max(n, 1)));
}

/** Which of `count` pixels each of `length` shows. */
export function nearest(count: number, length: number): Int32Array {
  const shown = new Int32Array(length);
  const step = count / length;
  // Summed up rather than multiplied, as Pillow does: the rounding decides where a pixel is just halfway.
  for (let i = 0, at = step / 2; i < length; i++, at += step) {
    shown[i] = Math.min(Math.floor(at), count - 1);
  }
  return shown;
}
