import type { Image } from '../../src/image/image.ts';

/** `medianFilter` in plain JavaScript. */
export function medianPortable(image: Image, side: number): Image {
  const out = new Uint8Array(image.data.length);
  for (let k = 0; k < 3; k++) medianOfChannel(image, k, (side - 1) / 2, out);
  return { ...image, data: out };
}

/** @see Huang, Yang & Tang 1979: a histogram slides along a row, the median moves with it. */
function medianOfChannel(image: Image, channel: number, reach: number, out: Uint8Array): void {
  const { width, height, data } = image;
  const counts = new Int32Array(256);
  const rows = new Int32Array(2 * reach + 1);
  const middle = (rows.length ** 2 + 1) / 2;
  for (let y = 0; y < height; y++) {
    rows.forEach((_, i) => {
      rows[i] = Math.min(Math.max(y + i - reach, 0), height - 1) * width * 3 + channel;
    });
    counts.fill(0);
    let [median, atMost] = [0, 0];
    const count = (x: number, by: number): void => {
      const column = Math.min(Math.max(x, 0), width - 1) * 3;
      for (const row of rows) {
        const sample = data[row + column]!;
        counts[sample] = counts[sample]! + by;
        if (sample <= median) atMost += by;
      }
    };
    for (let x = -reach - 1; x < reach; x++) count(x, 1);
    for (let x = 0; x < width; x++) {
      count(x + reach, 1);
      count(x - reach - 1, -1);
      while (atMost < middle) atMost += counts[++median]!;
      while (atMost - counts[median]! >= middle) atMost -= counts[median--]!;
      out[(y * width + x) * 3 + channel] = median;
    }
  }
}
