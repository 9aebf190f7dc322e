import type { Image } from './image.ts';
import { type Scratch, scratch } from './kernels.ts';
import { copyBytes } from './room.ts';

/**
 * Runs a kernel from one image to another of the same size.
 *
 * @param run Gets the places of both, `image.data.length` bytes each.
 */
export function mapPixels(
  image: Image,
  run: (memory: Scratch, source: number, target: number) => void,
): Image {
  const memory = scratch();
  const source = memory.put(image.data);
  const target = memory.reserve(image.data.length);
  run(memory, source, target);
  return { ...image, data: copyBytes(memory.bytes(target, image.data.length)) };
}
