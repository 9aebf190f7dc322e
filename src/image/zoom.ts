import { roundHalfEven } from './exact.ts';
import type { Plane } from './plane.ts';

/**
 * Where one line of a zoomed picture is read: between `index` and its neighbour, at `fraction`. The index is
 * -1 where rounding puts the last place just beyond the end: the reference reads black there, and so do we.
 */
export interface ZoomLine {
  readonly index: Int32Array;
  readonly fraction: Float64Array;
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
  const fraction = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * step;
    const whole = Math.min(Math.floor(at), Math.max(part - 2, 0));
    index[i] = at > part - 1 ? -1 : first + whole;
    fraction[i] = part > 1 ? at - whole : 0;
  }
  return { index, fraction };
}

/** The middle of a plane, enlarged. The result is at least as large as the plane. */
export function zoomPlane(plane: Plane, factor: number): Plane {
  const across = zoomLine(plane.width, factor);
  const down = zoomLine(plane.height, factor);
  const [width, height] = [across.index.length, down.index.length];
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    if (down.index[y]! < 0) continue;
    const above = down.index[y]! * plane.width;
    const below = Math.min(down.index[y]! + 1, plane.height - 1) * plane.width;
    const v = down.fraction[y]!;
    for (let x = 0; x < width; x++) {
      const left = across.index[x]!;
      if (left < 0) continue;
      const right = Math.min(left + 1, plane.width - 1);
      const u = across.fraction[x]!;
      const top = plane.data[above + left]! * (1 - u) + plane.data[above + right]! * u;
      const bottom = plane.data[below + left]! * (1 - u) + plane.data[below + right]! * u;
      data[y * width + x] = top * (1 - v) + bottom * v;
    }
  }
  return { width, height, data };
}
