/** Where 16-bit draws are made, so many at once: they stay in the nearest cache. */
export const DRAWS: usize = 0;
export const DRAW_COUNT = 512;

const DRAWS_PER_BLOCK = 8;
const MULTIPLIERS = i32x4(0xd2511f53, 0xcd9e8d57, 0xd2511f53, 0xcd9e8d57);
const KEY_STEPS = i32x4(0x9e3779b9, 0xbb67ae85, 0x9e3779b9, 0xbb67ae85);
const ROUNDS = 7;

/**
 * Makes the 16-bit draws `first` to `first + DRAW_COUNT - 1` at DRAWS: the halves of the words, lower one first.
 *
 * @param first A multiple of DRAW_COUNT.
 */
export function draw(first: i32, key0: i32, key1: i32, stream: i32): void {
  fillWords(DRAWS, first / DRAWS_PER_BLOCK, DRAW_COUNT / DRAWS_PER_BLOCK, key0, key1, stream);
}

/**
 * Philox4x32-7 of the counters `first`, `first` + 1 ... of a stream: four words for each.
 * Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3": 7 rounds are the fewest that pass
 * BigCrush (table 2).
 *
 * @param blocks How many counters, rounded up to a multiple of 4.
 */
export function fillWords(
  target: usize,
  first: u32,
  blocks: i32,
  key0: i32,
  key1: i32,
  stream: i32,
): void {
  const keys = i32x4(key0, key1, key0, key1);
  const streams = i32x4(0, stream, 0, stream);
  const end = target + ((<usize>blocks) << 4);
  for (let counter = first; target < end; counter += 4, target += 64) {
    // Words 0 and 2 of two counters, and words 1 and 3: what a round multiplies, and what it does not.
    let a = i32x4.replace_lane(i32x4.replace_lane(streams, 0, counter), 2, counter + 1);
    let b = i32x4.splat(0);
    let c = i32x4.add(a, i32x4(2, 0, 2, 0));
    let d = b;
    let key = keys;
    for (let round = 0; round < ROUNDS; round++) {
      const aLow = i64x2.extmul_low_i32x4_u(a, MULTIPLIERS);
      const aHigh = i64x2.extmul_high_i32x4_u(a, MULTIPLIERS);
      const cLow = i64x2.extmul_low_i32x4_u(c, MULTIPLIERS);
      const cHigh = i64x2.extmul_high_i32x4_u(c, MULTIPLIERS);
      a = v128.xor(v128.xor(v128.shuffle<i32>(aLow, aHigh, 3, 1, 7, 5), b), key);
      b = v128.shuffle<i32>(aLow, aHigh, 2, 0, 6, 4);
      c = v128.xor(v128.xor(v128.shuffle<i32>(cLow, cHigh, 3, 1, 7, 5), d), key);
      d = v128.shuffle<i32>(cLow, cHigh, 2, 0, 6, 4);
      key = i32x4.add(key, KEY_STEPS);
    }
    v128.store(target, v128.shuffle<i32>(a, b, 0, 4, 1, 5));
    v128.store(target, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16);
    v128.store(target, v128.shuffle<i32>(c, d, 0, 4, 1, 5), 32);
    v128.store(target, v128.shuffle<i32>(c, d, 2, 6, 3, 7), 48);
  }
}

/** The words of `fillWords` as floats in [0, 1) of 24 bits, what a float32 holds. */
export function fillUniform(
  target: usize,
  first: u32,
  blocks: i32,
  key0: i32,
  key1: i32,
  stream: i32,
): void {
  fillWords(target, first, blocks, key0, key1, stream);
  const end = target + ((<usize>blocks) << 4);
  for (; target < end; target += 16) {
    const bits = f32x4.convert_i32x4_u(i32x4.shr_u(v128.load(target), 8));
    v128.store(target, f32x4.mul(bits, f32x4.splat(5.9604644775390625e-8)));
  }
}

/**
 * Standard normals of 16 bits each.
 *
 * @param normals The 65,536 quantiles, by draw.
 */
export function fillNormal(
  target: usize,
  length: i32,
  normals: usize,
  key0: i32,
  key1: i32,
  stream: i32,
): void {
  for (let i = 0; i < length; i += DRAW_COUNT) {
    draw(i, key0, key1, stream);
    const end = (<usize>min(DRAW_COUNT, length - i)) << 1;
    for (let at: usize = 0; at < end; at += 8, target += 16) {
      v128.store(target, fourNormals(DRAWS + at, normals));
    }
  }
}

/** The normals of four 16-bit draws. */
export function fourNormals(draws: usize, normals: usize): v128 {
  let four = v128.load32_zero(normals + ((<usize>load<u16>(draws)) << 2));
  four = v128.load32_lane(normals + ((<usize>load<u16>(draws, 2)) << 2), four, 1);
  four = v128.load32_lane(normals + ((<usize>load<u16>(draws, 4)) << 2), four, 2);
  return v128.load32_lane(normals + ((<usize>load<u16>(draws, 6)) << 2), four, 3);
}
