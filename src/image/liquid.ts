import type { Image } from './image.ts';
import { scratch } from './kernels.ts';
import { copyBytes } from './room.ts';

/** Shares of mud under this are none. */
const LEAST_MUD = 0.8;

/** The height of a liquid is `mean + sigma * field`, and 0 where that is under the threshold. */
interface Liquid {
  readonly mean: number;
  readonly sigma: number;
  readonly threshold: number;
}

/**
 * Heights in units of 1/255. Those over 1 wrap around, as 8 bits do in the reference.
 *
 * @see imagecorruptions 1.1.2 `spatter`
 */
export function liquidLevels(field: Float32Array, { mean, sigma, threshold }: Liquid): Uint8Array {
  const memory = scratch();
  const target = memory.reserve(field.length);
  memory.kernels.liquidLevels(memory.put(field), field.length, mean, sigma, threshold, target);
  return memory.bytes(target, field.length).slice();
}

/** 1 where there is liquid, else 0. */
export function liquidPresence(
  field: Float32Array,
  { mean, sigma, threshold }: Liquid,
): Float32Array {
  const memory = scratch();
  const at = memory.put(field);
  memory.kernels.liquidPresence(at, field.length, mean, sigma, threshold);
  return memory.floats(at, field.length).slice();
}

/**
 * Covers the image with brown mud where there is much of it.
 *
 * @param cover Share of the mud at each pixel, 0 to 1.
 * @see imagecorruptions 1.1.2 `spatter`, severities 4 and 5.
 */
export function addMud({ width, height, data }: Image, cover: Float32Array): Image {
  const memory = scratch();
  const source = memory.put(data);
  const target = memory.reserve(data.length);
  memory.kernels.addMud(source, cover.length, memory.put(cover), LEAST_MUD, target);
  return { width, height, data: copyBytes(memory.bytes(target, data.length)) };
}
