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
    const across = memory.put(boxEdges(small.width, width));
    const down = memory.put(boxEdges(small.height, height));
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

/** Where each of `count` boxes over `length` pixels begins, and the last one ends. */
export function boxEdges(count: number, length: number): Int32Array {
  const edges = new Int32Array(count + 1);
  for (let i = 0; i <= count; i++) {
    edges[i] = Math.min(length, Math.floor((i * length) / count + 0.5));
  }
  return edges;
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
