import { blues, greens, pixelsOf, reds } from './pixels';

/** Keeps a 200 that float32 makes 199.99998 from being truncated to 199. */
const NUDGE: f32 = 5e-5;
/** The same after a hue of up to 6, with its larger error. */
const HUE_NUDGE: f32 = 3e-4;

/** Bytes of the four pixels that are worked on at a time. */
const STEP: usize = 12;

/** @param tables 256 bytes for each channel. */
export function mapSamples(source: usize, target: usize, bytes: i32, tables: usize): void {
  for (const end = source + bytes; source < end; source += STEP, target += STEP) {
    store<u8>(target, load<u8>(tables + load<u8>(source)));
    store<u8>(target, load<u8>(tables + load<u8>(source, 1), 256), 1);
    store<u8>(target, load<u8>(tables + load<u8>(source, 2), 512), 2);
    store<u8>(target, load<u8>(tables + load<u8>(source, 3)), 3);
    store<u8>(target, load<u8>(tables + load<u8>(source, 4), 256), 4);
    store<u8>(target, load<u8>(tables + load<u8>(source, 5), 512), 5);
    store<u8>(target, load<u8>(tables + load<u8>(source, 6)), 6);
    store<u8>(target, load<u8>(tables + load<u8>(source, 7), 256), 7);
    store<u8>(target, load<u8>(tables + load<u8>(source, 8), 512), 8);
    store<u8>(target, load<u8>(tables + load<u8>(source, 9)), 9);
    store<u8>(target, load<u8>(tables + load<u8>(source, 10), 256), 10);
    store<u8>(target, load<u8>(tables + load<u8>(source, 11), 512), 11);
  }
}

export function maskSamples(source: usize, target: usize, bytes: i32, mask: i32): void {
  const masks = i8x16.splat(<i8>mask);
  for (const end = source + bytes; source < end; source += 16, target += 16) {
    v128.store(target, v128.and(v128.load(source), masks));
  }
}

/** The luma of Rec. 601 in units of 2^-14, in all three channels. */
export function greySamples(source: usize, target: usize, bytes: i32): void {
  const weights = i16x8(4899, 9617, 4899, 9617, 4899, 9617, 4899, 9617);
  for (const end = source + bytes; source < end; source += STEP, target += STEP) {
    const pixels = v128.load(source);
    const redGreen = v128.or(reds(pixels), i32x4.shl(greens(pixels), 16));
    const sum = i32x4.add(
      i32x4.dot_i16x8_s(redGreen, weights),
      i32x4.dot_i16x8_s(blues(pixels), i32x4.splat(1868)),
    );
    const luma = i32x4.shr_u(i32x4.add(sum, i32x4.splat(8192)), 14);
    v128.store(
      target,
      i8x16.swizzle(luma, i8x16(0, 0, 0, 4, 4, 4, 8, 8, 8, 12, 12, 12, -1, -1, -1, -1)),
    );
  }
}

/** @param sums Four sums of each channel, to be added up. */
export function sumChannels(source: usize, bytes: i32, sums: usize): void {
  let red = i32x4.splat(0);
  let green = i32x4.splat(0);
  let blue = i32x4.splat(0);
  const end = source + bytes;
  for (; source + STEP <= end; source += STEP) {
    const pixels = v128.load(source);
    red = i32x4.add(red, reds(pixels));
    green = i32x4.add(green, greens(pixels));
    blue = i32x4.add(blue, blues(pixels));
  }
  v128.store(sums, red);
  v128.store(sums, green, 16);
  v128.store(sums, blue, 32);
  for (; source < end; source += 3) {
    store<i32>(sums, load<i32>(sums) + load<u8>(source));
    store<i32>(sums, load<i32>(sums, 16) + load<u8>(source, 1), 16);
    store<i32>(sums, load<i32>(sums, 32) + load<u8>(source, 2), 32);
  }
}

/** Raises the largest of red, green and blue and scales the others with it; black becomes grey. */
export function raiseValue(source: usize, target: usize, bytes: i32, add: f32): void {
  const adds = f32x4.splat(add);
  for (const end = source + bytes; source < end; source += STEP, target += STEP) {
    const pixels = v128.load(source);
    const red = f32x4.convert_i32x4_s(reds(pixels));
    const green = f32x4.convert_i32x4_s(greens(pixels));
    const blue = f32x4.convert_i32x4_s(blues(pixels));
    const value = f32x4.pmax(red, f32x4.pmax(green, blue));
    const factor = f32x4.div(
      f32x4.pmin(f32x4.add(value, adds), f32x4.splat(255)),
      f32x4.pmax(value, f32x4.splat(1)),
    );
    const black = f32x4.eq(value, f32x4.splat(0));
    const lift = f32x4.add(v128.and(black, adds), f32x4.splat(NUDGE));
    v128.store(
      target,
      pixelsOf(
        f32x4.add(f32x4.mul(red, factor), lift),
        f32x4.add(f32x4.mul(green, factor), lift),
        f32x4.add(f32x4.mul(blue, factor), lift),
      ),
    );
  }
}

/** Saturation times `scale` plus `add`, from 0 to 1; hue and value stay. Grey has hue 0, red. */
export function changeSaturation(
  source: usize,
  target: usize,
  bytes: i32,
  scale: f32,
  add: f32,
): void {
  const adds = f32x4.splat(add);
  const scales = f32x4.splat(scale);
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  for (const end = source + bytes; source < end; source += STEP, target += STEP) {
    const pixels = v128.load(source);
    const red = f32x4.convert_i32x4_s(reds(pixels));
    const green = f32x4.convert_i32x4_s(greens(pixels));
    const blue = f32x4.convert_i32x4_s(blues(pixels));
    const value = f32x4.pmax(red, f32x4.pmax(green, blue));
    const delta = f32x4.sub(value, f32x4.pmin(red, f32x4.pmin(green, blue)));
    const grey = f32x4.eq(delta, zero);
    // The distances from the value grow by what the saturation grows by: at most to the value itself.
    const most = f32x4.div(value, f32x4.pmax(delta, one));
    const wanted = f32x4.add(v128.andnot(scales, grey), f32x4.mul(adds, most));
    const factor = f32x4.pmax(f32x4.pmin(wanted, most), zero);
    const off = v128.and(grey, one);
    const nudged = f32x4.add(value, f32x4.splat(NUDGE));
    v128.store(
      target,
      pixelsOf(
        f32x4.sub(nudged, f32x4.mul(f32x4.sub(value, red), factor)),
        f32x4.sub(nudged, f32x4.mul(f32x4.add(f32x4.sub(value, green), off), factor)),
        f32x4.sub(nudged, f32x4.mul(f32x4.add(f32x4.sub(value, blue), off), factor)),
      ),
    );
  }
}

/** @param turn Added to the hue, in sixths of a turn, -6 to 6. */
export function turnHue(source: usize, target: usize, bytes: i32, turn: f32): void {
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const four = f32x4.splat(4);
  for (const end = source + bytes; source < end; source += STEP, target += STEP) {
    const pixels = v128.load(source);
    const red = f32x4.convert_i32x4_s(reds(pixels));
    const green = f32x4.convert_i32x4_s(greens(pixels));
    const blue = f32x4.convert_i32x4_s(blues(pixels));
    const value = f32x4.pmax(red, f32x4.pmax(green, blue));
    const delta = f32x4.sub(value, f32x4.pmin(red, f32x4.pmin(green, blue)));
    const isBlue = f32x4.eq(blue, value);
    const isGreen = f32x4.eq(green, value);
    const side = v128.bitselect(
      f32x4.sub(red, green),
      v128.bitselect(f32x4.sub(blue, red), f32x4.sub(green, blue), isGreen),
      isBlue,
    );
    const primary = v128.bitselect(four, v128.and(two, isGreen), isBlue);
    const turned = f32x4.add(
      f32x4.add(primary, f32x4.div(side, f32x4.pmax(delta, one))),
      f32x4.splat(turn),
    );
    const rounds = f32x4.floor(f32x4.mul(turned, f32x4.splat(1.0 / 6.0)));
    const hue = f32x4.sub(turned, f32x4.mul(rounds, f32x4.splat(6)));
    const nudged = f32x4.add(value, f32x4.splat(HUE_NUDGE));
    // How far each channel is below the value: nothing on the third of the circle around its primary.
    v128.store(
      target,
      pixelsOf(
        below(nudged, delta, f32x4.sub(two, f32x4.abs(f32x4.sub(hue, f32x4.splat(3))))),
        below(nudged, delta, f32x4.sub(f32x4.abs(f32x4.sub(hue, two)), one)),
        below(nudged, delta, f32x4.sub(f32x4.abs(f32x4.sub(hue, four)), one)),
      ),
    );
  }
}

function below(value: v128, delta: v128, share: v128): v128 {
  const clipped = f32x4.pmax(f32x4.pmin(share, f32x4.splat(1)), f32x4.splat(0));
  return f32x4.sub(value, f32x4.mul(delta, clipped));
}
