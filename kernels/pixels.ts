// Four interleaved pixels as they lie in memory, and their reds, greens and blues as whole numbers.

export function reds(pixels: v128): v128 {
  const none = i32x4.splat(0);
  return i8x16.shuffle(pixels, none, 0, 16, 16, 16, 3, 16, 16, 16, 6, 16, 16, 16, 9, 16, 16, 16);
}

export function greens(pixels: v128): v128 {
  const none = i32x4.splat(0);
  return i8x16.shuffle(pixels, none, 1, 16, 16, 16, 4, 16, 16, 16, 7, 16, 16, 16, 10, 16, 16, 16);
}

export function blues(pixels: v128): v128 {
  const none = i32x4.splat(0);
  return i8x16.shuffle(pixels, none, 2, 16, 16, 16, 5, 16, 16, 16, 8, 16, 16, 16, 11, 16, 16, 16);
}

/** Truncates and interleaves; numbers from 0 to under 256. The last four bytes are 0: each store is over the end of the one before. */
export function pixelsOf(red: v128, green: v128, blue: v128): v128 {
  return packed(
    v128.or(
      i32x4.trunc_sat_f32x4_s(red),
      v128.or(
        i32x4.shl(i32x4.trunc_sat_f32x4_s(green), 8),
        i32x4.shl(i32x4.trunc_sat_f32x4_s(blue), 16),
      ),
    ),
  );
}

/** Four pixels of four bytes without their fourth. */
export function packed(pixels: v128): v128 {
  const none = i32x4.splat(0);
  return i8x16.shuffle(pixels, none, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 16, 16, 16);
}

/** Four pixels of four whole numbers each as bytes; the fourth numbers are left out. */
export function fourPixels(first: v128, second: v128, third: v128, fourth: v128): v128 {
  return packed(
    i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(first, second), i16x8.narrow_i32x4_u(third, fourth)),
  );
}

/** A pixel and the one to its right as 16-bit numbers: two reds, two greens, two blues. */
export function neighbours(at: usize): v128 {
  return sideBySide(v128.load64_zero(at));
}

export function sideBySide(pixels: v128): v128 {
  const none = i32x4.splat(0);
  return i8x16.shuffle(pixels, none, 0, 16, 3, 16, 1, 16, 4, 16, 2, 16, 5, 16, 16, 16, 16, 16);
}
