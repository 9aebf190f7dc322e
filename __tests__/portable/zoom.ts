import type { Image } from '../../src/image/image.ts';
import { zoomLines } from '../../src/image/zoom.ts';

const { fround } = Math;

/** `blendZoomed` in plain JavaScript. */
export function blendZoomedPortable(
  { width, height, data }: Image,
  factors: readonly number[],
): Image {
  const sums = Float32Array.from(data);
  const across = zoomLines(width, factors);
  const down = zoomLines(height, factors);
  for (let layer = 0; layer < factors.length; layer++) {
    for (let y = 0; y < height; y++) {
      const row = blendRowsPortable(data, width * 3, height, down, layer * height + y);
      for (let x = 0; x < width; x++) {
        const [index, near, far] = across.subarray(3 * (layer * width + x));
        for (let k = 0; k < 3; k++) {
          const at = 3 * index! + k;
          const to = 3 * (y * width + x) + k;
          const value = fround(fround(row[at]! * near!) + fround((row[at + 3] ?? 0) * far!));
          sums[to] = sums[to]! + value;
        }
      }
    }
  }
  const mean = (sum: number): number => fround(fround(sum / (factors.length + 1)) + fround(5e-4));
  return { width, height, data: Uint8Array.from(sums, mean) };
}

/** A row of a zoomed picture, not yet zoomed across. */
export function blendRowsPortable(
  data: ArrayLike<number>,
  rowLength: number,
  height: number,
  places: Float32Array,
  place: number,
): Float32Array {
  const [index, near, far] = places.subarray(3 * place);
  const above = index! * rowLength;
  const below = Math.min(index! + 1, height - 1) * rowLength;
  return Float32Array.from(
    { length: rowLength },
    (_, i) => fround(data[above + i]! * near!) + fround(data[below + i]! * far!),
  );
}
