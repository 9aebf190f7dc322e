import type { Image } from './image.ts';

/**
 * Maps every sample through a table of its own channel, or of all three.
 *
 * @param value For a channel and a sample from 0 to 255 the new one; clipped and truncated.
 */
export function mapSamples(
  image: Image,
  value: (sample: number, channel: number) => number,
): Image {
  const tables = [0, 1, 2].map((channel) =>
    Uint8Array.from({ length: 256 }, (_, sample) =>
      Math.min(Math.max(Math.floor(value(sample, channel) + 1e-9), 0), 255),
    ),
  );
  const [red, green, blue] = [tables[0]!, tables[1]!, tables[2]!];
  const { data } = image;
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    out[i] = red[data[i]!]!;
    out[i + 1] = green[data[i + 1]!]!;
    out[i + 2] = blue[data[i + 2]!]!;
  }
  return { ...image, data: out };
}
