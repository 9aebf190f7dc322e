import type { Image } from './image.ts';
import { scratch } from './kernels.ts';
import { copyBytes } from './room.ts';

/** Bytes of a column's histogram: 16 coarse bins and 256 fine ones. */
const COLUMN_BYTES = 272;

/**
 * The median of the square around every sample, channel by channel, edges repeated.
 *
 * @param side Of the square: odd, 3 to 31 pixels.
 */
export function medianFilter({ width, height, data }: Image, side: number): Image {
  const reach = (side - 1) / 2;
  const rowBytes = width * 3;
  const stride = (width + 2 * reach) * 3;
  const lineBytes = rowBytes + 32;
  const memory = scratch();
  const { kernels } = memory;
  const source = memory.put(data);
  const padded = memory.reserve(stride * (height + 2 * reach));
  const target = memory.reserve(data.length);
  kernels.padBytes(source, width, height, 3, reach, 0, padded, stride);
  if (side === 3) {
    const work = memory.reserve(3 * lineBytes);
    kernels.medianOf9(padded, stride, target, rowBytes, height, work);
  } else if (side === 5) {
    const work = memory.reserve(35 * lineBytes);
    kernels.medianOf25(padded, stride, target, rowBytes, height, work);
  } else {
    const work = memory.reserve((width + side) * COLUMN_BYTES);
    kernels.medianByHistogram(padded, stride, target, width, height, side, work);
  }
  return { width, height, data: copyBytes(memory.bytes(target, data.length)) };
}
