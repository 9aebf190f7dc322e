import { draw, DRAW_COUNT, DRAWS, fourNormals } from './random';

// All of these change samples where they are.

/**
 * Adds `constant + proportional * sample` times a standard normal to every sample; clipped and truncated.
 *
 * @param normals As `fillNormal` takes them.
 */
export function addNormals(
  samples: usize,
  length: i32,
  constant: f32,
  proportional: f32,
  normals: usize,
  key0: i32,
  key1: i32,
  stream: i32,
): void {
  const constants = f32x4.splat(constant);
  const proportions = f32x4.splat(proportional);
  const zero = i32x4.splat(0);
  for (let i = 0; i < length; i += DRAW_COUNT) {
    draw(i, key0, key1, stream);
    const end = <usize>min(DRAW_COUNT, length - i);
    for (let j: usize = 0; j < end; j += 4, samples += 4) {
      const bytes = v128.load32_zero(samples);
      const level = f32x4.convert_i32x4_s(
        i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)),
      );
      const deviation = f32x4.add(constants, f32x4.mul(proportions, level));
      const noise = f32x4.mul(deviation, fourNormals(DRAWS + (j << 1), normals));
      const noisy = i32x4.trunc_sat_f32x4_s(f32x4.add(level, noise));
      const clipped = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(noisy, zero), zero);
      v128.store32_lane(samples, clipped, 0);
    }
  }
}

/**
 * Makes samples 0 or 255 by their 16-bit draw.
 *
 * @param pepper Draws under this make 0.
 * @param last   The greatest draw that changes a sample; from `pepper` on to 255.
 */
export function addImpulses(
  samples: usize,
  length: i32,
  pepper: i32,
  last: i32,
  key0: i32,
  key1: i32,
  stream: i32,
): void {
  const peppers = i16x8.splat(<i16>pepper);
  const lasts = i16x8.splat(<i16>last);
  for (let i = 0; i < length; i += DRAW_COUNT) {
    draw(i, key0, key1, stream);
    const end = <usize>min(DRAW_COUNT, length - i);
    for (let j: usize = 0; j < end; j += 16, samples += 16) {
      const a = v128.load(DRAWS + (j << 1));
      const b = v128.load(DRAWS + (j << 1), 16);
      const hit = i8x16.narrow_i16x8_s(i16x8.le_u(a, lasts), i16x8.le_u(b, lasts));
      const bright = i8x16.narrow_i16x8_s(i16x8.ge_u(a, peppers), i16x8.ge_u(b, peppers));
      v128.store(samples, v128.bitselect(bright, v128.load(samples), hit));
    }
  }
}

/**
 * Makes pixels black by their 16-bit draw.
 *
 * @param last The greatest draw that does.
 */
export function dropPixels(
  pixels: usize,
  count: i32,
  last: i32,
  key0: i32,
  key1: i32,
  stream: i32,
): void {
  const lasts = i16x8.splat(<i16>last);
  for (let i = 0; i < count; i += DRAW_COUNT) {
    draw(i, key0, key1, stream);
    const end = <usize>min(DRAW_COUNT, count - i);
    for (let j: usize = 0; j < end; j += 16, pixels += 48) {
      const a = i16x8.le_u(v128.load(DRAWS + (j << 1)), lasts);
      const b = i16x8.le_u(v128.load(DRAWS + (j << 1), 16), lasts);
      const hit = i8x16.narrow_i16x8_s(a, b);
      const first = i8x16.swizzle(hit, i8x16(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5));
      const middle = i8x16.swizzle(hit, i8x16(5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10));
      const rest = i8x16.swizzle(
        hit,
        i8x16(10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 14, 14, 14, 15, 15, 15),
      );
      v128.store(pixels, v128.andnot(v128.load(pixels), first));
      v128.store(pixels, v128.andnot(v128.load(pixels, 16), middle), 16);
      v128.store(pixels, v128.andnot(v128.load(pixels, 32), rest), 32);
    }
  }
}

/**
 * Every sample becomes the level of a count whose distribution is the sample's own, by its 16-bit draw.
 *
 * @param guide  For each sample and upper byte of a draw, 16 bits: the least count that draws with it give.
 * @param limits For each sample a row, 16 bits each: the greatest draw that gives 0, 1, 2 ... counts.
 * @param stride Counts of a row.
 * @param levels The byte of each count.
 */
export function drawCounts(
  samples: usize,
  length: i32,
  guide: usize,
  limits: usize,
  stride: i32,
  levels: usize,
  key0: i32,
  key1: i32,
  stream: i32,
): void {
  for (let i = 0; i < length; i += DRAW_COUNT) {
    draw(i, key0, key1, stream);
    const end = <usize>min(DRAW_COUNT, length - i);
    for (let j: usize = 0; j < end; j++, samples++) {
      const sample = <i32>load<u8>(samples);
      const drawn = <u32>load<u16>(DRAWS + (j << 1));
      const row = limits + ((<usize>(sample * stride)) << 1);
      let count = <usize>load<u16>(guide + ((<usize>((sample << 8) | (drawn >> 8))) << 1));
      // Mostly one step or none: taken without a branch, which would be mispredicted every other time.
      count += <usize>(drawn > <u32>load<u16>(row + (count << 1)));
      while (drawn > <u32>load<u16>(row + (count << 1))) count++;
      store<u8>(samples, load<u8>(levels + count));
    }
  }
}
