import type { Image } from '../../src/image/image.ts';
import { zoomLine } from '../../src/image/zoom.ts';

const { fround } = Math;

/** `blendZoomed` in plain JavaScript. */
export function blendZoomedPortable(
  { width, height, data }: Image,
  factors: readonly number[],
): Image {
  const sums = Float32Array.from(data);
  for (const factor of factors) {
    const across = zoomLine(width, factor);
    const down = zoomLine(height, factor);
    for (let y = 0; y < height; y++) {
      const row = blendRowsPortable(data, width * 3, height, down.index[y]!, down.fraction[y]!);
      for (let i = 0; i < width * 3; i++) {
        const x = Math.floor(i / 3);
        const at = 3 * across.index[x]! + (i % 3);
        const to = y * width * 3 + i;
        const value = between(row[at] ?? 0, row[at + 3] ?? 0, across.fraction[x]!);
        sums[to] = sums[to]! + value;
      }
    }
  }
  const mean = (sum: number): number => fround(fround(sum / (factors.length + 1)) + fround(5e-4));
  return { width, height, data: Uint8Array.from(sums, mean) };
}

/** A row between the row at an index and the next one; black at the index `height`. */
export function blendRowsPortable(
  data: ArrayLike<number>,
  rowLength: number,
  height: number,
  index: number,
  fraction: number,
): Float32Array {
  const row = new Float32Array(rowLength);
  if (index === height) return row;
  const above = index * rowLength;
  const below = Math.min(index + 1, height - 1) * rowLength;
  return row.map((_, i) => between(data[above + i]!, data[below + i]!, fraction));
}

export function between(a: number, b: number, fraction: number): number {
  return fround(a + fround(fround(b - a) * fraction));
}
