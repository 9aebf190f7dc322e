/**
 * Copies a picture of bytes into one of floats with more on every side.
 *
 * @param length  Samples of a row of the picture.
 * @param target  Rows of `stride` floats; the picture begins `left` floats from a row's beginning.
 * @param rows    Source row of each of the `count` target rows.
 * @param columns For each pixel beyond an edge two numbers: float of the target row, sample of the source row.
 */
export function padToFloats(
  source: usize,
  length: i32,
  channels: i32,
  target: usize,
  stride: i32,
  left: i32,
  rows: usize,
  count: i32,
  columns: usize,
  beyond: i32,
): void {
  for (let y = 0; y < count; y++) {
    const from = source + <usize>(load<i32>(rows + ((<usize>y) << 2)) * length);
    const row = target + ((<usize>(y * stride)) << 2);
    const to = row + ((<usize>left) << 2);
    for (let i = 0; i < length; i += 16) {
      const samples = v128.load(from + i);
      const low = i16x8.extend_low_i8x16_u(samples);
      const high = i16x8.extend_high_i8x16_u(samples);
      const at = to + ((<usize>i) << 2);
      v128.store(at, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)));
      v128.store(at, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)), 16);
      v128.store(at, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)), 32);
      v128.store(at, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)), 48);
    }
    for (let k = 0; k < beyond; k++) {
      const pair = columns + ((<usize>k) << 3);
      const place = row + ((<usize>load<i32>(pair)) << 2);
      const sample = from + <usize>load<i32>(pair, 4);
      for (let c = 0; c < channels; c++) {
        store<f32>(place + ((<usize>c) << 2), <f32>load<u8>(sample + c));
      }
    }
  }
}

/** `padToFloats` for a picture of floats. */
export function padFloats(
  source: usize,
  length: i32,
  channels: i32,
  target: usize,
  stride: i32,
  left: i32,
  rows: usize,
  count: i32,
  columns: usize,
  beyond: i32,
): void {
  for (let y = 0; y < count; y++) {
    const from = source + ((<usize>(load<i32>(rows + ((<usize>y) << 2)) * length)) << 2);
    const row = target + ((<usize>(y * stride)) << 2);
    memory.copy(row + ((<usize>left) << 2), from, (<usize>length) << 2);
    for (let k = 0; k < beyond; k++) {
      const pair = columns + ((<usize>k) << 3);
      const place = row + ((<usize>load<i32>(pair)) << 2);
      const sample = from + ((<usize>load<i32>(pair, 4)) << 2);
      for (let c = 0; c < channels; c++) {
        store<f32>(place + ((<usize>c) << 2), load<f32>(sample + ((<usize>c) << 2)));
      }
    }
  }
}

/**
 * Every float of the target is a weighted sum of floats of the source: tap t adds weight[t] * source[i + offset[t]].
 * Sums go tap by tap in float32.
 *
 * @param rowLength A multiple of 16.
 * @param bytes     0: the target's rows are of `rowLength` floats. Otherwise of so many bytes: sums are
 *                  clipped and truncated.
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
  bytes: i32,
): void {
  for (let y = 0; y < rows; y++) {
    const from = source + ((<usize>(y * sourceStride)) << 2);
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
      if (bytes != 0) {
        // A row's last block runs into the next row, which is written later.
        v128.store(target + <usize>(y * bytes + i), truncated(a, b, c, d));
      } else {
        const out = target + ((<usize>(y * rowLength + i)) << 2);
        v128.store(out, a);
        v128.store(out, b, 16);
        v128.store(out, c, 32);
        v128.store(out, d, 48);
      }
    }
  }
}

/** Sixteen sums as bytes: clipped, truncated; the little more keeps a 200 that sums to 199.99998 from becoming 199. */
export function truncated(a: v128, b: v128, c: v128, d: v128): v128 {
  const more = f32x4.splat(5e-5);
  return i8x16.narrow_i16x8_u(
    i16x8.narrow_i32x4_s(
      i32x4.trunc_sat_f32x4_s(f32x4.add(a, more)),
      i32x4.trunc_sat_f32x4_s(f32x4.add(b, more)),
    ),
    i16x8.narrow_i32x4_s(
      i32x4.trunc_sat_f32x4_s(f32x4.add(c, more)),
      i32x4.trunc_sat_f32x4_s(f32x4.add(d, more)),
    ),
  );
}
