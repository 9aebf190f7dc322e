/** Three of four floats as bytes, truncated and clipped. A fourth byte is written: the next pixel puts it right. */
export function storePixel(target: usize, value: v128): void {
  const whole = i32x4.trunc_sat_f32x4_s(value);
  const words = i16x8.narrow_i32x4_s(whole, whole);
  v128.store32_lane(target, i8x16.narrow_i16x8_u(words, words), 0);
}

/** The three bytes of a pixel as floats; the fourth float is of the byte behind. */
export function loadPixel(source: usize): v128 {
  const words = i16x8.extend_low_i8x16_u(v128.load32_zero(source));
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(words));
}
