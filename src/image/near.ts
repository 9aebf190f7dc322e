import type { Image } from './image.ts';
import { scratch } from './kernels.ts';
import { copyBytes } from './room.ts';
import type { Random } from './random.ts';

/**
 * Replaces every pixel by one at most `delta` pixels away, from the last to the first, `rounds` times over.
 * A border of `delta` pixels stays.
 *
 * @param random Uniform draws, two for each pixel and round.
 */
export function replaceByNear(
  { width, height, data }: Image,
  { delta, rounds }: { readonly delta: number; readonly rounds: number },
  random: Random,
): Image {
  const across = Math.max(width - 2 * delta, 0);
  const down = Math.max(height - 2 * delta, 0);
  const draws = new Float32Array(2 * rounds * across * down);
  random.fillUniform(draws);
  const memory = scratch();
  const at = memory.put(data);
  memory.kernels.replaceByNear(at, width, height, delta, rounds, memory.put(draws));
  return { width, height, data: copyBytes(memory.bytes(at, data.length)) };
}
