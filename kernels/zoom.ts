import { storePixel } from './pixel';

/** Bytes of an RGB pixel in float32. */
const PIXEL: usize = 12;

/**
 * The mean of an RGB picture and of zoomed ones, truncated. Row by row through all layers: what they read lies
 * close together.
 *
 * @param source Bytes; the target likewise.
 * @param across For each column and layer the index of the pixel that is read there (or width: black), and the
 *               fraction of the way to the next one.
 * @param down   For each row and layer likewise.
 * @param work   Room for (height + 1 + layers) * (width + 2) * 12 bytes.
 */
export function blendZoomed(
  source: usize,
  width: i32,
  height: i32,
  layers: i32,
  across: usize,
  acrossFraction: usize,
  down: usize,
  downFraction: usize,
  target: usize,
  work: usize,
): void {
  const rowBytes = width * PIXEL;
  const lines = work + height * rowBytes;
  const lineBytes = rowBytes + 2 * PIXEL;
  toFloats(source, 3 * width * height, work);
  const share = f32x4.splat(<f32>(layers + 1));
  for (let y = 0; y < height; y++) {
    for (let layer = 0; layer < layers; layer++, down += 4, downFraction += 4) {
      const line = lines + layer * lineBytes;
      blendRows(work, rowBytes, height, load<i32>(down), load<f32>(downFraction), line);
      memory.fill(line + rowBytes, 0, 2 * PIXEL);
    }
    let index = across;
    let fraction = acrossFraction;
    for (let x = 0; x < width; x++, target += 3) {
      let sum = v128.load(work + y * rowBytes + x * PIXEL);
      for (let line = lines, layer = 0; layer < layers; layer++, line += lineBytes) {
        const pixel = line + load<i32>(index) * PIXEL;
        const left = v128.load(pixel);
        const way = f32x4.sub(v128.load(pixel, PIXEL), left);
        sum = f32x4.add(sum, f32x4.add(left, f32x4.mul(way, v128.load32_splat(fraction))));
        index += 4;
        fraction += 4;
      }
      // The little more is what float32 may lack.
      storePixel(target, f32x4.add(f32x4.div(sum, share), f32x4.splat(5e-4)));
    }
  }
}

function toFloats(source: usize, count: i32, target: usize): void {
  for (let i = 0; i < count; i += 8) {
    const words = v128.load8x8_u(source + i);
    const to = target + (i << 2);
    v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(words)));
    v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(words)), 16);
  }
}

/** A row of floats between the row at an index and the next one; black at the index `height`. */
export function blendRows(
  source: usize,
  rowBytes: i32,
  height: i32,
  index: i32,
  fraction: f32,
  target: usize,
): void {
  if (index === height) {
    memory.fill(target, 0, rowBytes);
    return;
  }
  const above = source + index * rowBytes;
  const below = source + min(index + 1, height - 1) * rowBytes;
  const share = f32x4.splat(fraction);
  for (let i = 0; i < rowBytes; i += 16) {
    const from = v128.load(above + i);
    const way = f32x4.sub(v128.load(below + i), from);
    v128.store(target + i, f32x4.add(from, f32x4.mul(way, share)));
  }
}
