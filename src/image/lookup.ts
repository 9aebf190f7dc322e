import type { Image } from './image.ts';
import { mapPixels } from './pixelwise.ts';

/**
 * Maps every sample through a table of its own channel, or of all three.
 *
 * @param value For a channel and a sample from 0 to 255 the new one; clipped and truncated.
 */
export function mapSamples(
  image: Image,
  value: (sample: number, channel: number) => number,
): Image {
  const tables = Uint8Array.from({ length: 3 * 256 }, (_, i) =>
    Math.min(Math.max(Math.floor(value(i % 256, Math.floor(i / 256)) + 1e-9), 0), 255),
  );
  return mapPixels(image, (memory, source, target) => {
    memory.kernels.mapSamples(source, target, image.data.length, memory.put(tables));
  });
}
