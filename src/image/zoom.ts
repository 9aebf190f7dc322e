import { roundHalfEven } from './exact.ts';
import type { Image } from './image.ts';
import { scratch } from './kernels.ts';
import { copyBytes } from './room.ts';

const FLOAT_BYTES = 4;

/**
 * Where a zoomed line is read: between the sample at `index` and the next one, at `fraction`. The index is the
 * line's length where rounding puts the last place just beyond the end: the reference reads black there.
 */
interface ZoomLine {
  readonly index: Int32Array;
  readonly fraction: Float32Array;
}

/**
 * The middle of a line, enlarged to at least its length.
 *
 * @param length Samples of the line.
 * @param factor 1 or more.
 * @see imagecorruptions `clipped_zoom` and scipy.ndimage `zoom` (order 1): the ends of the part meet the ends of the result.
 */
export function zoomLine(length: number, factor: number): ZoomLine {
  const part = Math.ceil(length / factor);
  const first = Math.floor((length - part) / 2);
  const count = roundHalfEven(part * factor);
  const step = count > 1 ? (part - 1) / (count - 1) : 0;
  const index = new Int32Array(count);
  const fraction = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * step;
    const whole = Math.min(Math.floor(at), Math.max(part - 2, 0));
    const black = at > part - 1;
    index[i] = black ? length : first + whole;
    fraction[i] = black || part === 1 ? 0 : at - whole;
  }
  return { index, fraction };
}

/**
 * The mean of the picture and of enlargements of its middle, in float32; truncated.
 *
 * @param factors Of the enlargements, 1 or more each.
 */
export function blendZoomed({ width, height, data }: Image, factors: readonly number[]): Image {
  const across = zoomLines(width, factors);
  const down = zoomLines(height, factors);
  const memory = scratch();
  const target = memory.reserve(data.length);
  memory.kernels.blendZoomed(
    memory.put(data),
    width,
    height,
    factors.length,
    memory.put(across.index),
    memory.put(across.fraction),
    memory.put(down.index),
    memory.put(down.fraction),
    target,
    memory.reserve((height + 1 + factors.length) * (width + 2) * 3 * FLOAT_BYTES),
  );
  return { width, height, data: copyBytes(memory.bytes(target, data.length)) };
}

/** For each place of a line as long as before: its part in the zoomed line of the first factor, the second ... */
function zoomLines(length: number, factors: readonly number[]): ZoomLine {
  const index = new Int32Array(length * factors.length);
  const fraction = new Float32Array(index.length);
  for (const [layer, factor] of factors.entries()) {
    const line = zoomLine(length, factor);
    for (let i = 0; i < length; i++) {
      index[i * factors.length + layer] = line.index[i]!;
      fraction[i * factors.length + layer] = line.fraction[i]!;
    }
  }
  return { index, fraction };
}
