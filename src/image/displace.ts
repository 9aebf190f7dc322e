import type { Image } from './image.ts';
import { mapPixels } from './pixelwise.ts';

/**
 * Every pixel comes from where a field points, bilinear, mirrored beyond the edges.
 *
 * @param across For each pixel 0 to 1: half is no way, 1 is half of `reach` to the right. `down` alike.
 * @param reach  Pixels.
 */
export function displace(
  image: Image,
  across: Float32Array,
  down: Float32Array,
  reach: number,
): Image {
  const { width, height } = image;
  return mapPixels(image, (memory, source, target) => {
    const acrossAt = memory.put(across);
    const downAt = memory.put(down);
    memory.kernels.displace(source, target, width, height, acrossAt, downAt, reach);
  });
}
