// Steps of the chamfer distance in units of 2^-16, as OpenCV: straight, diagonal, knight's move.
const STRAIGHT = 65536;
const DIAGONAL = 91750;
const KNIGHT = 143976;

const FAR = 1 << 30;

/**
 * Distance of every pixel to the nearest marked one.
 *
 * @param marked   Bytes, 1 for each marked pixel.
 * @param farthest Distances beyond this become it, pixels.
 * @param target   Floats, pixels.
 * @param work     Room for (width + 8) * (height + 4) * 4 bytes.
 * @see Borgefors 1986; OpenCV `distanceTransform`, DIST_L2 with mask 5.
 */
export function chamferDistance(
  marked: usize,
  width: i32,
  height: i32,
  farthest: f32,
  target: usize,
  work: usize,
): void {
  // A border of two pixels, and what whole vectors write too much.
  const stride = (((width + 3) & ~3) + 4) << 2;
  const rows = work + 2 * stride + 8;
  for (let at = work; at < work + (height + 4) * stride; at += 16) {
    v128.store(at, i32x4.splat(FAR));
  }
  for (let y = 0; y < height; y++) {
    const row = rows + y * stride;
    for (let x = 0; x < width; x += 4) {
      const least = shortest(row + (x << 2), -stride, i32x4.splat(FAR));
      const flags = i16x8.extend_low_i8x16_u(v128.load32_zero(marked + y * width + x));
      const free = i32x4.eq(i32x4.extend_low_i16x8_u(flags), i32x4.splat(0));
      v128.store(row + (x << 2), v128.and(least, free));
    }
    run(row, 4, width);
    store<i64>(row + (width << 2), PAIR_FAR);
  }
  const most = f32x4.splat(farthest);
  for (let y = height - 1; y >= 0; y--) {
    const row = rows + y * stride;
    for (let x = 0; x < width; x += 4) {
      const at = row + (x << 2);
      v128.store(at, shortest(at, stride, v128.load(at)));
    }
    run(row + ((width - 1) << 2), -4, width);
    store<i64>(row + (width << 2), PAIR_FAR);
  }
  for (let y = 0; y < height; y++, target += width << 2) {
    for (let x = 0; x < width << 2; x += 16) {
      const distance = f32x4.convert_i32x4_s(v128.load(rows + y * stride + x));
      v128.store(target + x, f32x4.min(most, f32x4.mul(distance, f32x4.splat(1 / <f32>STRAIGHT))));
    }
  }
}

const PAIR_FAR: i64 = ((<i64>FAR) << 32) | FAR;

/** The ways over the two rows `row` bytes further, or what is known already. */
function shortest(at: usize, row: i32, least: v128): v128 {
  const near = at + row;
  const beyond = near + row;
  const knights = i32x4.min_s(
    i32x4.min_s(v128.load(near - 8), v128.load(near + 8)),
    i32x4.min_s(v128.load(beyond - 4), v128.load(beyond + 4)),
  );
  const diagonals = i32x4.min_s(v128.load(near - 4), v128.load(near + 4));
  const ways = i32x4.min_s(
    i32x4.add(knights, i32x4.splat(KNIGHT)),
    i32x4.add(diagonals, i32x4.splat(DIAGONAL)),
  );
  const straight = i32x4.add(v128.load(near), i32x4.splat(STRAIGHT));
  return i32x4.min_s(least, i32x4.min_s(ways, straight));
}

/** Carries the shortest way along a row. */
function run(at: usize, step: i32, count: i32): void {
  let way = FAR;
  for (let i = 0; i < count; i++, at += step) {
    way = min(way + STRAIGHT, load<i32>(at));
    store<i32>(at, way);
  }
}
