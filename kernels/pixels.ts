// Four interleaved pixels as they lie in memory, and their reds, greens and blues as whole numbers.

export function reds(pixels: v128): v128 {
  return i8x16.swizzle(pixels, i8x16(0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1));
}

export function greens(pixels: v128): v128 {
  return i8x16.swizzle(pixels, i8x16(1, -1, -1, -1, 4, -1, -1, -1, 7, -1, -1, -1, 10, -1, -1, -1));
}

export function blues(pixels: v128): v128 {
  return i8x16.swizzle(pixels, i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1));
}

/** Truncates and interleaves; numbers from 0 to under 256. The last four bytes are 0: each store is over the end of the one before. */
export function pixelsOf(red: v128, green: v128, blue: v128): v128 {
  // Whole numbers added to 2^23 are the lowest bits of a float32: cheaper than a conversion that saturates.
  const bits = f32x4.splat(8388608);
  const reds = f32x4.add(f32x4.trunc(red), bits);
  const greens = f32x4.mul(f32x4.trunc(green), f32x4.splat(256));
  const blues = i32x4.shl(f32x4.add(f32x4.trunc(blue), bits), 16);
  return packed(v128.bitselect(f32x4.add(reds, greens), blues, i32x4.splat(0xffff)));
}

/** Four pixels of four bytes without their fourth. */
export function packed(pixels: v128): v128 {
  return i8x16.swizzle(pixels, i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1));
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
  return i8x16.swizzle(pixels, i8x16(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1));
}
