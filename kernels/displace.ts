import { fourPixels, sideBySide } from './pixels';

/** The weights to the left and to the right are in units of 2^-14: 16-bit numbers hold them. */
const BITS: i32 = 14;

/**
 * Every pixel comes from where a field points, bilinear; the picture is mirrored beyond its edges, these repeated.
 *
 * @param across Pixels to the right: (float - 0.5) times `reach`. `down` alike.
 */
export function displace(
  source: usize,
  target: usize,
  width: i32,
  height: i32,
  across: usize,
  down: usize,
  reach: f32,
): void {
  const half = f32x4.splat(0.5);
  const reaches = f32x4.splat(reach);
  const one = f32x4.splat(<f32>(1 << BITS));
  const stride = width * 3;
  for (let y = 0; y < height; y++) {
    const row = <usize>(y * width);
    for (let x = 0; x < width; x += 4) {
      const at = row + <usize>x;
      const dx = f32x4.mul(f32x4.sub(v128.load(across + (at << 2)), half), reaches);
      const dy = f32x4.mul(f32x4.sub(v128.load(down + (at << 2)), half), reaches);
      const floorX = f32x4.floor(dx);
      const floorY = f32x4.floor(dy);
      const left = i32x4.add(
        i32x4.trunc_sat_f32x4_s(floorX),
        i32x4.add(i32x4.splat(x), i32x4(0, 1, 2, 3)),
      );
      const top = i32x4.add(i32x4.trunc_sat_f32x4_s(floorY), i32x4.splat(y));
      const right = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(f32x4.sub(dx, floorX), one)));
      // Two 16-bit numbers.
      const weights = i32x4.sub(i32x4.add(i32x4.shl(right, 16), i32x4.splat(1 << BITS)), right);
      const below = f32x4.sub(dy, floorY);
      const inside = v128.and(
        i32x4.lt_u(left, i32x4.splat(width - 1)),
        i32x4.lt_u(top, i32x4.splat(height - 1)),
      );
      const to = target + at * 3;
      const w0 = v128.shuffle<i32>(weights, weights, 0, 0, 0, 0);
      const w1 = v128.shuffle<i32>(weights, weights, 1, 1, 1, 1);
      const w2 = v128.shuffle<i32>(weights, weights, 2, 2, 2, 2);
      const w3 = v128.shuffle<i32>(weights, weights, 3, 3, 3, 3);
      const b0 = v128.shuffle<i32>(below, below, 0, 0, 0, 0);
      const b1 = v128.shuffle<i32>(below, below, 1, 1, 1, 1);
      const b2 = v128.shuffle<i32>(below, below, 2, 2, 2, 2);
      const b3 = v128.shuffle<i32>(below, below, 3, 3, 3, 3);
      if (i32x4.all_true(inside)) {
        const places = i32x4.add(
          i32x4.mul(top, i32x4.splat(stride)),
          i32x4.add(left, i32x4.shl(left, 1)),
        );
        const p0 = source + <usize>i32x4.extract_lane(places, 0);
        const p1 = source + <usize>i32x4.extract_lane(places, 1);
        const p2 = source + <usize>i32x4.extract_lane(places, 2);
        const p3 = source + <usize>i32x4.extract_lane(places, 3);
        v128.store(
          to,
          fourPixels(
            between(v128.load64_zero(p0), v128.load64_zero(p0 + stride), w0, b0),
            between(v128.load64_zero(p1), v128.load64_zero(p1 + stride), w1, b1),
            between(v128.load64_zero(p2), v128.load64_zero(p2 + stride), w2, b2),
            between(v128.load64_zero(p3), v128.load64_zero(p3 + stride), w3, b3),
          ),
        );
      } else {
        v128.store(
          to,
          fourPixels(
            mirrored(
              source,
              width,
              height,
              i32x4.extract_lane(left, 0),
              i32x4.extract_lane(top, 0),
              w0,
              b0,
            ),
            mirrored(
              source,
              width,
              height,
              i32x4.extract_lane(left, 1),
              i32x4.extract_lane(top, 1),
              w1,
              b1,
            ),
            mirrored(
              source,
              width,
              height,
              i32x4.extract_lane(left, 2),
              i32x4.extract_lane(top, 2),
              w2,
              b2,
            ),
            mirrored(
              source,
              width,
              height,
              i32x4.extract_lane(left, 3),
              i32x4.extract_lane(top, 3),
              w3,
              b3,
            ),
          ),
        );
      }
    }
  }
}

/** The pixel between two neighbours and the two below them. */
function between(upper: v128, lower: v128, weights: v128, below: v128): v128 {
  const a = f32x4.convert_i32x4_s(i32x4.dot_i16x8_s(sideBySide(upper), weights));
  const b = f32x4.convert_i32x4_s(i32x4.dot_i16x8_s(sideBySide(lower), weights));
  const sum = f32x4.add(a, f32x4.mul(f32x4.sub(b, a), below));
  // One unit more keeps a 200 that float32 makes 199.99998 from being truncated to 199.
  return i32x4.shr_s(i32x4.add(i32x4.trunc_sat_f32x4_s(sum), i32x4.splat(1)), BITS);
}

function mirrored(
  source: usize,
  width: i32,
  height: i32,
  left: i32,
  top: i32,
  weights: v128,
  below: v128,
): v128 {
  const x0 = <usize>reflect(left, width) * 3;
  const x1 = <usize>reflect(left + 1, width) * 3;
  const upper = source + <usize>(reflect(top, height) * width) * 3;
  const lower = source + <usize>(reflect(top + 1, height) * width) * 3;
  return between(pair(upper + x0, upper + x1), pair(lower + x0, lower + x1), weights, below);
}

/** Two pixels as if they were neighbours. */
function pair(first: usize, second: usize): v128 {
  const pixels = <u64>(load<u32>(first) & 0xffffff) | ((<u64>load<u32>(second)) << 24);
  return i64x2.splat(pixels);
}

function reflect(index: i32, length: i32): i32 {
  const turn = 2 * length;
  const at = ((index % turn) + turn) % turn;
  return at < length ? at : turn - 1 - at;
}
