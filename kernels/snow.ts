import { loadPixel, storePixel } from './pixel';
import { blendRows } from './zoom';

/**
 * Enlarged noise, where it reaches a threshold.
 *
 * @param field  Standard normals in float32, a number a pixel; overwritten.
 * @param across For each of so many columns the index of the sample that is read there (or width: black), and the
 *               fraction of the way to the next one.
 * @param down   For each row likewise.
 * @param target Floats, columns * rows: 0, or from the threshold to 1.
 * @param line   Room for width + 4 floats.
 */
export function drawFlakes(
  field: usize,
  width: i32,
  height: i32,
  mean: f32,
  sigma: f32,
  threshold: f32,
  across: usize,
  acrossFraction: usize,
  columns: i32,
  down: usize,
  downFraction: usize,
  rows: i32,
  target: usize,
  line: usize,
): void {
  for (let i = 0; i < (width * height) << 2; i += 16) {
    const scaled = f32x4.mul(v128.load(field + i), f32x4.splat(sigma));
    v128.store(field + i, f32x4.add(scaled, f32x4.splat(mean)));
  }
  for (let y = 0; y < rows; y++) {
    blendRows(
      field,
      width << 2,
      height,
      load<i32>(down + 4 * y),
      load<f32>(downFraction + 4 * y),
      line,
    );
    store<i64>(line + (width << 2), 0);
    for (let x = 0; x < columns; x++, target += 4) {
      const at = line + (load<i32>(across + 4 * x) << 2);
      const left = load<f32>(at);
      const value = left + (load<f32>(at, 4) - left) * load<f32>(acrossFraction + 4 * x);
      store<f32>(target, value < threshold ? 0 : value > 1 ? 1 : value);
    }
  }
}

/**
 * Whitens a picture and adds a layer of flakes, and the layer turned by half a turn.
 *
 * @param source Bytes, RGB; the target likewise.
 * @param layer  Floats, 0 to 1.
 * @param stride Floats of a row of the layer.
 * @param keep   Share of the picture that is not whitened, 0 to 1.
 */
export function addSnow(
  source: usize,
  width: i32,
  height: i32,
  layer: usize,
  stride: i32,
  keep: f32,
  target: usize,
): void {
  const luma = f32x4(0.299, 0.587, 0.114, 0);
  const kept = f32x4.splat(keep);
  const rest = f32x4.splat(1 - keep);
  for (let y = 0; y < height; y++) {
    let flake = layer + ((y * stride) << 2);
    let turned = layer + (((height - 1 - y) * stride + width - 1) << 2);
    for (let x = 0; x < width; x++, source += 3, target += 3, flake += 4, turned -= 4) {
      const pixel = loadPixel(source);
      const shares = f32x4.mul(pixel, luma);
      const grey = f32x4.add(
        f32x4.add(
          v128.shuffle<f32>(shares, shares, 0, 0, 0, 0),
          v128.shuffle<f32>(shares, shares, 1, 1, 1, 1),
        ),
        v128.shuffle<f32>(shares, shares, 2, 2, 2, 2),
      );
      const white = f32x4.add(f32x4.mul(grey, f32x4.splat(1.5)), f32x4.splat(127.5));
      const under = f32x4.add(f32x4.mul(kept, pixel), f32x4.mul(rest, f32x4.pmax(pixel, white)));
      const snow = nearest<f32>(255 * load<f32>(flake)) + nearest<f32>(255 * load<f32>(turned));
      storePixel(target, f32x4.add(f32x4.add(under, f32x4.splat(snow)), f32x4.splat(5e-5)));
    }
  }
}
