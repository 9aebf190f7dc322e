import { storePixel } from './pixel';

// A line of a zoomed picture is told by three floats a place: where it is read, the weight of the sample there and
// that of the next one.
export const PLACE: usize = 12;

/** Bytes of an RGB pixel in float32. */
const PIXEL: usize = 12;

/**
 * The mean of an RGB picture and of zoomed ones, truncated.
 *
 * @param source Bytes; the target likewise.
 * @param across Places of all columns for the first layer, the second ...
 * @param down   Places of all rows likewise.
 * @param work   Room for (height + 1) * width * 12 + (width + 2) * 16 bytes.
 */
export function blendZoomed(
  source: usize,
  width: i32,
  height: i32,
  layers: i32,
  across: usize,
  down: usize,
  target: usize,
  work: usize,
): void {
  const rowFloats = width * 3;
  const rowBytes = width * PIXEL;
  const line = work + height * rowBytes;
  const sums = (line + rowBytes + PIXEL + 31) & ~15;
  toFloats(source, rowFloats * height, work);
  const share = f32x4.splat(<f32>(layers + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      v128.store(sums + (x << 4), v128.load(work + y * rowBytes + x * PIXEL));
    }
    for (let layer = 0; layer < layers; layer++) {
      blendRows(work, rowFloats, height, down + (layer * height + y) * PLACE, line);
      // What a last column reads with weight 0.
      v128.store(line + rowBytes, f32x4.splat(0));
      addZoomed(line, across + layer * width * PLACE, width, sums);
    }
    for (let x = 0; x < width; x++, target += 3) {
      const mean = f32x4.div(v128.load(sums + (x << 4)), share);
      // The little more is what float32 may lack.
      storePixel(target, f32x4.add(mean, f32x4.splat(5e-4)));
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

/** A row of the zoomed picture, not yet zoomed across. */
export function blendRows(
  source: usize,
  rowFloats: i32,
  height: i32,
  place: usize,
  target: usize,
): void {
  const index = <i32>load<f32>(place);
  const near = v128.load32_splat(place, 4);
  const far = v128.load32_splat(place, 8);
  const above = source + ((index * rowFloats) << 2);
  const below = source + ((min(index + 1, height - 1) * rowFloats) << 2);
  for (let i = 0; i < rowFloats << 2; i += 16) {
    const blended = f32x4.add(
      f32x4.mul(v128.load(above + i), near),
      f32x4.mul(v128.load(below + i), far),
    );
    v128.store(target + i, blended);
  }
}

/** Zooms a line of pixels and adds it to sums, of four floats a pixel: the fourth means nothing. */
function addZoomed(line: usize, place: usize, width: i32, sums: usize): void {
  for (let x = 0; x < width; x++, place += PLACE, sums += 16) {
    const pixel = line + <i32>load<f32>(place) * PIXEL;
    const blended = f32x4.add(
      f32x4.mul(v128.load(pixel), v128.load32_splat(place, 4)),
      f32x4.mul(v128.load(pixel, PIXEL), v128.load32_splat(place, 8)),
    );
    v128.store(sums, f32x4.add(v128.load(sums), blended));
  }
}
