import { fourPixels, neighbours } from './pixels';

// OpenCV's remap: origins in steps of 1/32 pixel.
const STEPS: i32 = 32;

/**
 * The pixels of an affine map: `u = ux x + uy y + u0` and v alike, rounded to steps of 1/1024 and then of 1/32.
 *
 * @param source The picture with two black pixels on every side: what is looked up farther out is there, too.
 */
export function warpAffine(
  source: usize,
  sourceWidth: i32,
  sourceHeight: i32,
  target: usize,
  width: i32,
  height: i32,
  ux: f64,
  uy: f64,
  u0: f64,
  vx: f64,
  vy: f64,
  v0: f64,
): void {
  const alongU = f64x2.splat(ux * 1024);
  const alongV = f64x2.splat(vx * 1024);
  for (let y = 0; y < height; y++) {
    const startU = f64x2.splat(nearest((uy * y + u0) * 1024) + 16);
    const startV = f64x2.splat(nearest((vy * y + v0) * 1024) + 16);
    let first = f64x2(0, 1);
    let second = f64x2(2, 3);
    for (let x = 0; x < width; x += 4) {
      const u = whole(
        f64x2.add(startU, f64x2.nearest(f64x2.mul(first, alongU))),
        f64x2.add(startU, f64x2.nearest(f64x2.mul(second, alongU))),
      );
      const v = whole(
        f64x2.add(startV, f64x2.nearest(f64x2.mul(first, alongV))),
        f64x2.add(startV, f64x2.nearest(f64x2.mul(second, alongV))),
      );
      const to = target + <usize>(y * width + x) * 3;
      lookUp(source, sourceWidth, sourceHeight, i32x4.shr_s(u, 5), i32x4.shr_s(v, 5), to);
      first = f64x2.add(first, f64x2.splat(4));
      second = f64x2.add(second, f64x2.splat(4));
    }
  }
}

/** The pixels of a projective map: `u = (ax x + ay y + a0) / (cx x + cy y + c0)`, v with b in place of a. */
export function warpProjective(
  source: usize,
  sourceWidth: i32,
  sourceHeight: i32,
  target: usize,
  width: i32,
  height: i32,
  ax: f64,
  ay: f64,
  a0: f64,
  bx: f64,
  by: f64,
  b0: f64,
  cx: f64,
  cy: f64,
  c0: f64,
): void {
  const alongA = f64x2.splat(ax);
  const alongB = f64x2.splat(bx);
  const alongC = f64x2.splat(cx);
  const steps = f64x2.splat(STEPS);
  for (let y = 0; y < height; y++) {
    const startA = f64x2.splat(ay * y + a0);
    const startB = f64x2.splat(by * y + b0);
    const startC = f64x2.splat(cy * y + c0);
    let first = f64x2(0, 1);
    let second = f64x2(2, 3);
    for (let x = 0; x < width; x += 4) {
      const near = f64x2.div(steps, f64x2.add(f64x2.mul(first, alongC), startC));
      const far = f64x2.div(steps, f64x2.add(f64x2.mul(second, alongC), startC));
      const u = whole(
        f64x2.nearest(f64x2.mul(f64x2.add(f64x2.mul(first, alongA), startA), near)),
        f64x2.nearest(f64x2.mul(f64x2.add(f64x2.mul(second, alongA), startA), far)),
      );
      const v = whole(
        f64x2.nearest(f64x2.mul(f64x2.add(f64x2.mul(first, alongB), startB), near)),
        f64x2.nearest(f64x2.mul(f64x2.add(f64x2.mul(second, alongB), startB), far)),
      );
      const to = target + <usize>(y * width + x) * 3;
      lookUp(source, sourceWidth, sourceHeight, u, v, to);
      first = f64x2.add(first, f64x2.splat(4));
      second = f64x2.add(second, f64x2.splat(4));
    }
  }
}

/** The pixels of a radial map: the distance from the centre is multiplied by 1 + `bend` times its square. */
export function warpRadial(source: usize, target: usize, width: i32, height: i32, bend: f64): void {
  const half = f64x2.splat(0.5);
  const centreX = f64x2.splat(<f64>width / 2);
  const centreY = f64x2.splat(<f64>height / 2);
  for (let y = 0; y < height; y++) {
    const dy = f64x2.splat(<f64>y + 0.5 - <f64>height / 2);
    const square = f64x2.mul(dy, dy);
    let dx0 = f64x2.sub(f64x2(0.5, 1.5), centreX);
    let dx1 = f64x2.sub(f64x2(2.5, 3.5), centreX);
    for (let x = 0; x < width; x += 4) {
      const factor0 = stretch(dx0, square, bend);
      const factor1 = stretch(dx1, square, bend);
      const u = steps(
        f64x2.sub(f64x2.add(centreX, f64x2.mul(dx0, factor0)), half),
        f64x2.sub(f64x2.add(centreX, f64x2.mul(dx1, factor1)), half),
      );
      const v = steps(
        f64x2.sub(f64x2.add(centreY, f64x2.mul(dy, factor0)), half),
        f64x2.sub(f64x2.add(centreY, f64x2.mul(dy, factor1)), half),
      );
      lookUp(source, width, height, u, v, target + <usize>(y * width + x) * 3);
      dx0 = f64x2.add(dx0, f64x2.splat(4));
      dx1 = f64x2.add(dx1, f64x2.splat(4));
    }
  }
}

function stretch(dx: v128, square: v128, bend: f64): v128 {
  const radius = f64x2.add(f64x2.mul(dx, dx), square);
  return f64x2.add(f64x2.splat(1), f64x2.mul(f64x2.splat(bend), radius));
}

/** Two and two whole numbers as four. */
function whole(first: v128, second: v128): v128 {
  return v128.shuffle<i64>(
    i32x4.trunc_sat_f64x2_s_zero(first),
    i32x4.trunc_sat_f64x2_s_zero(second),
    0,
    2,
  );
}

/** Steps of two and two coordinates; OpenCV's maps are float32. */
function steps(first: v128, second: v128): v128 {
  const all = v128.shuffle<i64>(
    f32x4.demote_f64x2_zero(first),
    f32x4.demote_f64x2_zero(second),
    0,
    2,
  );
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(all, f32x4.splat(<f32>STEPS))));
}

/** Four pixels at (u, v), in whole steps of 1/32 pixel: bilinear, exact in whole numbers. */
function lookUp(source: usize, width: i32, height: i32, u: v128, v: v128, to: usize): void {
  const border = i32x4.splat(-2);
  const x = i32x4.max_s(i32x4.min_s(i32x4.shr_s(u, 5), i32x4.splat(width)), border);
  const y = i32x4.max_s(i32x4.min_s(i32x4.shr_s(v, 5), i32x4.splat(height)), border);
  const stride = (width + 4) * 3;
  const at = i32x4.add(
    i32x4.mul(y, i32x4.splat(stride)),
    i32x4.add(i32x4.add(x, i32x4.shl(x, 1)), i32x4.splat(2 * stride + 6)),
  );
  const last = i32x4.splat(STEPS - 1);
  const right = v128.and(u, last);
  const below = v128.and(v, last);
  // The weights to the left and to the right, as two 16-bit numbers.
  const across = i32x4.sub(i32x4.add(i32x4.shl(right, 16), i32x4.splat(STEPS)), right);
  const upper = i32x4.mul(across, i32x4.sub(i32x4.splat(STEPS), below));
  const lower = i32x4.mul(across, below);
  const first = source + <usize>i32x4.extract_lane(at, 0);
  const second = source + <usize>i32x4.extract_lane(at, 1);
  const third = source + <usize>i32x4.extract_lane(at, 2);
  const fourth = source + <usize>i32x4.extract_lane(at, 3);
  const a = i32x4.add(
    i32x4.dot_i16x8_s(neighbours(first), v128.shuffle<i32>(upper, upper, 0, 0, 0, 0)),
    i32x4.dot_i16x8_s(neighbours(first + stride), v128.shuffle<i32>(lower, lower, 0, 0, 0, 0)),
  );
  const b = i32x4.add(
    i32x4.dot_i16x8_s(neighbours(second), v128.shuffle<i32>(upper, upper, 1, 1, 1, 1)),
    i32x4.dot_i16x8_s(neighbours(second + stride), v128.shuffle<i32>(lower, lower, 1, 1, 1, 1)),
  );
  const c = i32x4.add(
    i32x4.dot_i16x8_s(neighbours(third), v128.shuffle<i32>(upper, upper, 2, 2, 2, 2)),
    i32x4.dot_i16x8_s(neighbours(third + stride), v128.shuffle<i32>(lower, lower, 2, 2, 2, 2)),
  );
  const d = i32x4.add(
    i32x4.dot_i16x8_s(neighbours(fourth), v128.shuffle<i32>(upper, upper, 3, 3, 3, 3)),
    i32x4.dot_i16x8_s(neighbours(fourth + stride), v128.shuffle<i32>(lower, lower, 3, 3, 3, 3)),
  );
  v128.store(to, fourPixels(rounded(a), rounded(b), rounded(c), rounded(d)));
}

function rounded(sum: v128): v128 {
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(512)), 10);
}
