import type { Size } from './image.ts';
import { scratch } from './kernels.ts';

/**
 * Edges of a grey picture: thinned, and linked from strong ones along weak ones.
 *
 * @param grey 0 to 255, row-major.
 * @param low  Gradient strength (of 3 x 3 Sobel, |dx| + |dy|) above which a pixel is a weak edge.
 * @param high Above which it is a strong one.
 * @returns    1 on edges.
 * @see Canny 1986; OpenCV `Canny` with aperture 3 and the L1 norm.
 */
export function cannyEdges(
  { width, height }: Size,
  grey: Uint8Array,
  low: number,
  high: number,
): Uint8Array {
  const stride = Math.ceil((width + 8) / 8) * 8;
  const padded = stride * (height + 2);
  const memory = scratch();
  const source = memory.put(grey);
  const bordered = memory.reserve(padded);
  const target = memory.reserve(grey.length);
  const work = memory.reserve(11 * padded);
  memory.kernels.padBytes(source, width, height, 1, 1, 0, bordered, stride);
  memory.kernels.findEdges(bordered, stride, width, height, low, high, target, work);
  return memory.bytes(target, grey.length).slice();
}
