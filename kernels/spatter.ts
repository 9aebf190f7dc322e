import { loadPixel, storePixel } from './pixel';

/** Keeps a whole number that float32 makes a little less. */
const LITTLE: f32 = 5e-5;

/**
 * Bytes of a liquid's height, 0 under a threshold. Heights over 1 wrap around, as 8 bits do in the reference.
 *
 * @param field Floats: height is mean + sigma * field.
 */
export function liquidLevels(
  field: usize,
  count: i32,
  mean: f32,
  sigma: f32,
  threshold: f32,
  target: usize,
): void {
  for (let i = 0; i < count; i += 4) {
    const level = f32x4.mul(heights(field + (i << 2), mean, sigma, threshold), f32x4.splat(255));
    const byte = v128.and(i32x4.trunc_sat_f32x4_s(level), i32x4.splat(255));
    const words = i16x8.narrow_i32x4_s(byte, byte);
    v128.store32_lane(target + i, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/** Floats in place of the field: 1 where there is liquid, else 0. */
export function liquidPresence(
  field: usize,
  count: i32,
  mean: f32,
  sigma: f32,
  threshold: f32,
): void {
  for (let at = field, end = at + (count << 2); at < end; at += 16) {
    const there = f32x4.gt(heights(at, mean, sigma, threshold), f32x4.splat(0));
    v128.store(at, v128.and(there, f32x4.splat(1)));
  }
}

function heights(field: usize, mean: f32, sigma: f32, threshold: f32): v128 {
  const scaled = f32x4.mul(v128.load(field), f32x4.splat(sigma));
  const value = f32x4.add(scaled, f32x4.splat(mean));
  return v128.andnot(value, f32x4.lt(value, f32x4.splat(threshold)));
}

/**
 * Adds pale turquoise to an RGB picture.
 *
 * @param source Bytes; the target likewise.
 * @param water  16-bit words, a pixel each: where they are largest, most is added.
 * @param amount What is added there, of the whole colour.
 */
export function addWater(
  source: usize,
  count: i32,
  water: usize,
  amount: f32,
  target: usize,
): void {
  const most = largest(water, count);
  const factor: f32 = most === 0 ? 0 : amount / <f32>most;
  const colour = f32x4.mul(f32x4(175, 238, 238, 0), f32x4.splat(factor));
  for (let i = 0; i < count; i++, source += 3, target += 3) {
    const share = f32x4.splat(<f32>load<u16>(water + 2 * i));
    const sum = f32x4.add(loadPixel(source), f32x4.mul(share, colour));
    storePixel(target, f32x4.add(sum, f32x4.splat(LITTLE)));
  }
}

function largest(words: usize, count: i32): u32 {
  let most = i16x8.splat(0);
  // What a last whole vector reads too much.
  v128.store(words + 2 * count, most);
  for (let at = words, end = at + 2 * count; at < end; at += 16) {
    most = i16x8.max_u(most, v128.load(at));
  }
  most = i16x8.max_u(most, v128.shuffle<u16>(most, most, 4, 5, 6, 7, 0, 1, 2, 3));
  most = i16x8.max_u(most, v128.shuffle<u16>(most, most, 2, 3, 0, 1, 6, 7, 4, 5));
  most = i16x8.max_u(most, v128.shuffle<u16>(most, most, 1, 0, 3, 2, 5, 4, 7, 6));
  return i16x8.extract_lane_u(most, 0);
}

/**
 * Covers an RGB picture with brown.
 *
 * @param source Bytes; the target likewise.
 * @param cover  Floats, a pixel each: shares of the mud.
 * @param least  Shares under this are none.
 */
export function addMud(source: usize, count: i32, cover: usize, least: f32, target: usize): void {
  for (let i = 0; i < count; i++, source += 3, target += 3) {
    const found = load<f32>(cover + (i << 2));
    const share: f32 = found < least ? 0 : found;
    const mud = f32x4.mul(f32x4(63, 42, 20, 0), f32x4.splat(share));
    const left = f32x4.mul(loadPixel(source), f32x4.splat(1 - share));
    storePixel(target, f32x4.add(f32x4.add(left, mud), f32x4.splat(LITTLE)));
  }
}
