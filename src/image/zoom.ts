import { roundHalfEven } from './exact.ts';
import type { Image } from './image.ts';
import { scratch } from './kernels.ts';

const FLOAT_BYTES = 4;

/**
 * The middle of a line, enlarged to at least its length: for each place three floats, the index of the sample that
 * is read there, its weight and that of the next one.
 *
 * Both weights are 0 where rounding puts the last place just beyond the end: the reference reads black there.
 *
 * @param length Samples of the line.
 * @param factor 1 or more.
 * @see imagecorruptions `clipped_zoom` and scipy.ndimage `zoom` (order 1): the ends of the part meet the ends of the result.
 */
export function zoomLine(length: number, factor: number): Float32Array {
  const part = Math.ceil(length / factor);
  const first = Math.floor((length - part) / 2);
  const count = roundHalfEven(part * factor);
  const step = count > 1 ? (part - 1) / (count - 1) : 0;
  const places = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    const at = i * step;
    const whole = Math.min(Math.floor(at), Math.max(part - 2, 0));
    const fraction = part > 1 ? at - whole : 0;
    places.set(at > part - 1 ? [first, 0, 0] : [first + whole, 1 - fraction, fraction], 3 * i);
  }
  return places;
}

/**
 * The mean of the picture and of enlargements of its middle, in float32; truncated.
 *
 * @param factors Of the enlargements, 1 or more each.
 */
export function blendZoomed({ width, height, data }: Image, factors: readonly number[]): Image {
  const memory = scratch();
  const source = memory.put(data);
  const across = memory.put(zoomLines(width, factors));
  const down = memory.put(zoomLines(height, factors));
  const target = memory.reserve(data.length);
  const work = memory.reserve(((height + 1) * width * 3 + (width + 2) * 4) * FLOAT_BYTES);
  memory.kernels.blendZoomed(source, width, height, factors.length, across, down, target, work);
  return { width, height, data: memory.bytes(target, data.length).slice() };
}

/** Places of the line's own length, one factor after the other. */
export function zoomLines(length: number, factors: readonly number[]): Float32Array {
  const places = new Float32Array(3 * length * factors.length);
  for (const [i, factor] of factors.entries()) {
    places.set(zoomLine(length, factor).subarray(0, 3 * length), 3 * length * i);
  }
  return places;
}
