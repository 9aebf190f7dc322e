import { padBytes } from './pad';

/** 1 / 9 in units of 2^-15. */
const NINTH: i16 = 3641;

/**
 * How much water shows at each pixel: the liquid's height, lit like drops with bright rims.
 *
 * @param distances Floats: of each pixel to the nearest rim, 0 to 255.
 * @param liquid    Bytes, its height.
 * @param target    16-bit words, 0 to 255 * 255.
 * @param work      Room for (width + 2) * (height + 2) * 4 + width * height + 2048 bytes.
 */
export function lightWater(
  distances: usize,
  width: i32,
  height: i32,
  liquid: usize,
  target: usize,
  work: usize,
): void {
  const table = work;
  const padded = table + 1280;
  const levels = padded + (width + 2) * (height + 2) * 4 + 64;
  padBytes(distances, width, height, 4, 1, 1, padded, (width + 2) * 4);
  meanLevels(padded, width, height, levels);
  equalize(levels, width * height, table);
  const stride = width + 2;
  padBytes(levels, width, height, 1, 1, 1, padded, stride);
  relief(padded, width, height, levels);
  padBytes(levels, width, height, 1, 1, 1, padded, stride);
  for (let y = 0; y < height; y++) {
    const row = padded + y * stride;
    for (let x = 0; x < width; x += 8) {
      const light = i16x8.q15mulr_sat_s(sumOf9(row + x, stride), i16x8.splat(NINTH));
      const heights = v128.load8x8_u(liquid + y * width + x);
      v128.store(target + 2 * (y * width + x), i16x8.mul(light, heights));
    }
  }
}

/** Means of 3 x 3 floats, truncated to bytes. */
function meanLevels(padded: usize, width: i32, height: i32, target: usize): void {
  const stride = (width + 2) * 4;
  for (let y = 0; y < height; y++, target += width) {
    const row = padded + y * stride;
    for (let x = 0; x < width; x += 4) {
      let sum = f32x4.splat(0);
      for (let at = row + 4 * x, end = at + 3 * stride; at < end; at += stride) {
        sum = f32x4.add(sum, v128.load(at));
        sum = f32x4.add(sum, v128.load(at, 4));
        sum = f32x4.add(sum, v128.load(at, 8));
      }
      const whole = i32x4.trunc_sat_f32x4_s(f32x4.div(sum, f32x4.splat(9)));
      const words = i16x8.narrow_i32x4_s(whole, whole);
      v128.store32_lane(target + x, i8x16.narrow_i16x8_u(words, words), 0);
    }
  }
}

/**
 * Spreads levels so that all are about equally frequent.
 *
 * @param table Room for 256 words of 32 bits and as many bytes.
 * @see OpenCV `equalizeHist`
 */
function equalize(levels: usize, count: i32, table: usize): void {
  memory.fill(table, 0, 1024);
  for (let at = levels, end = at + count; at < end; at++) {
    const bin = table + ((<usize>load<u8>(at)) << 2);
    store<i32>(bin, load<i32>(bin) + 1);
  }
  let first = 0;
  while (load<i32>(table + (first << 2)) === 0) first++;
  const rest = count - load<i32>(table + (first << 2));
  if (rest === 0) return;
  const bytes = table + 1024;
  let sum = 0;
  store<u8>(bytes + first, 0);
  for (let level = first + 1; level < 256; level++) {
    sum += load<i32>(table + (level << 2));
    store<u8>(bytes + level, <u8>nearest<f64>((<f64>sum * 255) / <f64>rest));
  }
  for (let at = levels, end = at + count; at < end; at++) {
    store<u8>(at, load<u8>(bytes + load<u8>(at)));
  }
}

/** Lights a plane of bytes from one side: weights -2 -1 0, -1 1 1, 0 1 2; clipped. */
function relief(padded: usize, width: i32, height: i32, target: usize): void {
  const stride = width + 2;
  for (let y = 0; y < height; y++, target += width) {
    for (let x = 0; x < width; x += 8) {
      const above = padded + y * stride + x;
      const middle = above + stride;
      const below = middle + stride;
      const corners = i16x8.sub(v128.load8x8_u(below + 2), v128.load8x8_u(above));
      const upright = i16x8.sub(v128.load8x8_u(below + 1), v128.load8x8_u(above + 1));
      const level = i16x8.sub(v128.load8x8_u(middle + 2), v128.load8x8_u(middle));
      const slopes = i16x8.add(i16x8.shl(corners, 1), i16x8.add(upright, level));
      const lit = i16x8.add(slopes, v128.load8x8_u(middle + 1));
      v128.store64_lane(target + x, i8x16.narrow_i16x8_u(lit, lit), 0);
    }
  }
}

/** Of 3 x 3 bytes, from the corner. */
function sumOf9(at: usize, stride: i32): v128 {
  return i16x8.add(i16x8.add(sumOf3(at), sumOf3(at + stride)), sumOf3(at + 2 * stride));
}

function sumOf3(at: usize): v128 {
  return i16x8.add(i16x8.add(v128.load8x8_u(at), v128.load8x8_u(at + 1)), v128.load8x8_u(at + 2));
}
