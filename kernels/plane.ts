/**
 * Every sample becomes `keep` times itself, plus a share of its pixel's float, plus `offset`; clipped and
 * truncated.
 *
 * @param pitch Floats of a row of the plane, `width` or more.
 * @param red   The share in the red channel; likewise the others.
 */
export function addPlane(
  source: usize,
  target: usize,
  width: i32,
  height: i32,
  plane: usize,
  pitch: i32,
  keep: f32,
  red: f32,
  green: f32,
  blue: f32,
  offset: f32,
): void {
  const keeps = f32x4.splat(keep);
  const offsets = f32x4.splat(offset);
  const sharesA = f32x4(red, green, blue, red);
  const sharesB = f32x4(green, blue, red, green);
  const sharesC = f32x4(blue, red, green, blue);
  for (let y = 0; y < height; y++) {
    const row = plane + ((<usize>(y * pitch)) << 2);
    const start = <usize>(y * width * 3);
    // Four pixels are 12 bytes; what is written beyond them is written again, by what follows.
    for (let x = 0; x < width; x += 4) {
      const at = start + <usize>(3 * x);
      const bytes = v128.load(source + at);
      const low = i16x8.extend_low_i8x16_u(bytes);
      const high = i16x8.extend_high_i8x16_u(bytes);
      const floats = v128.load(row + ((<usize>x) << 2));
      const a = mixed(
        i32x4.extend_low_i16x8_u(low),
        keeps,
        v128.shuffle<i32>(floats, floats, 0, 0, 0, 1),
        sharesA,
        offsets,
      );
      const b = mixed(
        i32x4.extend_high_i16x8_u(low),
        keeps,
        v128.shuffle<i32>(floats, floats, 1, 1, 2, 2),
        sharesB,
        offsets,
      );
      const c = mixed(
        i32x4.extend_low_i16x8_u(high),
        keeps,
        v128.shuffle<i32>(floats, floats, 2, 3, 3, 3),
        sharesC,
        offsets,
      );
      const ab = i16x8.narrow_i32x4_s(a, b);
      const cc = i16x8.narrow_i32x4_s(c, c);
      v128.store(target + at, i8x16.narrow_i16x8_u(ab, cc));
    }
  }
}

/** Four samples blended, not clipped. */
function mixed(samples: v128, keeps: v128, floats: v128, shares: v128, offsets: v128): v128 {
  const kept = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(samples), keeps), offsets);
  return i32x4.trunc_sat_f32x4_s(f32x4.add(kept, f32x4.mul(floats, shares)));
}

/** The greatest byte, at `target`. */
export function findGreatest(bytes: usize, length: i32, target: usize): void {
  let most = i8x16.splat(0);
  const end = bytes + <usize>length;
  for (; bytes + 16 <= end; bytes += 16) most = i8x16.max_u(most, v128.load(bytes));
  v128.store(target, most);
  let greatest: u8 = 0;
  for (let i: usize = 0; i < 16; i++) greatest = max(greatest, load<u8>(target + i));
  for (; bytes < end; bytes++) greatest = max(greatest, load<u8>(bytes));
  store<u8>(target, greatest);
}
