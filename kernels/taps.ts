/**
 * Every float of the target is a weighted sum of floats of the source: tap t adds weight[t] * source[i + offset[t]].
 * Sums go tap by tap in float32, as the portable twin in src/image/taps.ts does them.
 *
 * @param rowLength A multiple of 16.
 */
export function sumTaps(
  source: usize,
  sourceStride: i32,
  target: usize,
  rowLength: i32,
  rows: i32,
  offsets: usize,
  weights: usize,
  taps: i32,
): void {
  for (let y = 0; y < rows; y++) {
    const from = source + ((<usize>(y * sourceStride)) << 2);
    const to = target + ((<usize>(y * rowLength)) << 2);
    for (let i = 0; i < rowLength; i += 16) {
      const at = from + ((<usize>i) << 2);
      let a = f32x4.splat(0);
      let b = f32x4.splat(0);
      let c = f32x4.splat(0);
      let d = f32x4.splat(0);
      for (let t = 0; t < taps; t++) {
        const tap = at + ((<usize>load<i32>(offsets + ((<usize>t) << 2))) << 2);
        const weight = v128.load32_splat(weights + ((<usize>t) << 2));
        a = f32x4.add(a, f32x4.mul(weight, v128.load(tap)));
        b = f32x4.add(b, f32x4.mul(weight, v128.load(tap, 16)));
        c = f32x4.add(c, f32x4.mul(weight, v128.load(tap, 32)));
        d = f32x4.add(d, f32x4.mul(weight, v128.load(tap, 48)));
      }
      const out = to + ((<usize>i) << 2);
      v128.store(out, a);
      v128.store(out, b, 16);
      v128.store(out, c, 32);
      v128.store(out, d, 48);
    }
  }
}
