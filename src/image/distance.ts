import type { Size } from './image.ts';
import { scratch } from './kernels.ts';

const FLOAT_BYTES = 4;

/**
 * Distance of every pixel to the nearest marked one, in pixels.
 *
 * @param marked   1 for each marked pixel.
 * @param farthest Larger distances become it.
 * @see Borgefors 1986; OpenCV `distanceTransform`, DIST_L2 with mask 5.
 */
export function chamferDistance(
  { width, height }: Size,
  marked: Uint8Array,
  farthest: number,
): Float32Array {
  const memory = scratch();
  const target = memory.reserve(marked.length * FLOAT_BYTES);
  const work = memory.reserve((width + 8) * (height + 4) * FLOAT_BYTES);
  memory.kernels.chamferDistance(memory.put(marked), width, height, farthest, target, work);
  return memory.floats(target, marked.length).slice();
}
