import type { Image, Size } from './image.ts';
import { scratch } from './kernels.ts';
import { copyBytes } from './room.ts';
import { zoomLine } from './zoom.ts';

const FLOAT_BYTES = 4;

/** Heights of flakes, 0 to 1, of a size or a little more. */
export interface FlakeLayer extends Size {
  readonly channels: 1;
  readonly data: Float32Array;
}

/**
 * Noise, its middle enlarged, where it reaches a threshold.
 *
 * @param field Standard normals, one a pixel.
 * @param zoom  1 or more.
 * @see imagecorruptions 1.1.2 `snow`
 */
export function drawFlakes(
  { width, height }: Size,
  field: Float32Array,
  flakes: { mean: number; sigma: number; zoom: number; threshold: number },
): FlakeLayer {
  const across = zoomLine(width, flakes.zoom);
  const down = zoomLine(height, flakes.zoom);
  const [columns, rows] = [across.index.length, down.index.length];
  const memory = scratch();
  const target = memory.reserve(columns * rows * FLOAT_BYTES);
  memory.kernels.drawFlakes(
    memory.put(field),
    width,
    height,
    flakes.mean,
    flakes.sigma,
    flakes.threshold,
    memory.put(across.index),
    memory.put(across.fraction),
    columns,
    memory.put(down.index),
    memory.put(down.fraction),
    rows,
    target,
    memory.reserve((width + 4) * FLOAT_BYTES),
  );
  const data = memory.floats(target, columns * rows).slice();
  return { width: columns, height: rows, channels: 1, data };
}

/**
 * Whitens a picture, then adds flakes, and once more turned by half a turn; truncated.
 *
 * @param layer At least of the picture's size: what is more is cut off on the right and below.
 * @param keep  Share of the picture that is not whitened, 0 to 1.
 */
export function addSnow({ width, height, data }: Image, layer: FlakeLayer, keep: number): Image {
  const memory = scratch();
  const source = memory.put(data);
  const target = memory.reserve(data.length);
  const flakes = memory.put(layer.data);
  memory.kernels.addSnow(source, width, height, flakes, layer.width, keep, target);
  return { width, height, data: copyBytes(memory.bytes(target, data.length)) };
}
