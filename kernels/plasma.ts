import { fillUniform } from './random';

/** Floats behind a row of a map: first its first one again, for what reaches over the edge. */
const WRAP = 4;

/** Grey levels of ice: the least, and what a cloud and its crystals add at most. */
const GROUND: f32 = 63.75;
const CLOUD: f32 = 76.5;
const CRYSTALS: f32 = 114.75;

/**
 * One step of the diamond-square method: a map of twice the side, wrapped around at its edges.
 *
 * @param coarse Rows of `side` + 4 floats, of which float `side` is float 0 again.
 * @param fine   Rows of 2 * `side` + 4 floats, made likewise.
 * @param rows   Room for five rows of `side` + 32 floats.
 * @param wobble The noise is uniform within the square of it, as in the reference.
 *               Draws are those from `side`^2 on: first of all diagonal points, then of those to the right of
 *               coarse ones, then of those below.
 */
export function refine(
  coarse: usize,
  side: i32,
  fine: usize,
  rows: usize,
  wobble: f32,
  key0: i32,
  key1: i32,
  stream: i32,
): void {
  const pitch = (<usize>(side + WRAP)) << 2;
  const finePitch = (<usize>(2 * side + WRAP)) << 2;
  const room = (<usize>(side + 32)) << 2;
  const draws = rows;
  const right = rows + room;
  const down = rows + 2 * room;
  // Behind a margin, for the point to the left of the first.
  let diagonalAbove = rows + 3 * room + 16;
  let diagonal = rows + 4 * room + 16;
  const points = side * side;
  for (let y = -1; y < side; y++) {
    const row = y < 0 ? side - 1 : y;
    const here = coarse + <usize>row * pitch;
    const below = row === side - 1 ? coarse : here + pitch;
    const first = points + row * side;
    draw(draws, first, side, key0, key1, stream);
    fill(diagonal, here, here + 4, below, below + 4, side, at(draws, first), wobble);
    store<f32>(diagonal - 4, load<f32>(diagonal + ((<usize>(side - 1)) << 2)));
    if (y >= 0) {
      draw(draws, first + points, side, key0, key1, stream);
      fill(right, here, here + 4, diagonalAbove, diagonal, side, at(draws, first + points), wobble);
      draw(draws, first + 2 * points, side, key0, key1, stream);
      fill(down, diagonal - 4, diagonal, here, below, side, at(draws, first + 2 * points), wobble);
      interleave(fine, here, right, side);
      interleave(fine + finePitch, down, diagonal, side);
      fine += 2 * finePitch;
    }
    const swapped = diagonalAbove;
    diagonalAbove = diagonal;
    diagonal = swapped;
  }
}

/** Makes the blocks that hold the draws `first` to `first + count - 1`. */
function draw(draws: usize, first: i32, count: i32, key0: i32, key1: i32, stream: i32): void {
  fillUniform(draws, first >> 2, ((first & 3) + count + 3) >> 2, key0, key1, stream);
}

/** Where a draw is whose block is the first. */
function at(draws: usize, first: i32): usize {
  return draws + ((<usize>(first & 3)) << 2);
}

/** The mean of four rows, with noise. */
function fill(
  target: usize,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  length: i32,
  draws: usize,
  wobble: f32,
): void {
  const least = f32x4.splat(-wobble * wobble);
  const range = f32x4.splat(2 * wobble * wobble);
  const end = (<usize>length) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const two = f32x4.add(v128.load(a + i), v128.load(b + i));
    const four = f32x4.add(f32x4.add(two, v128.load(c + i)), v128.load(d + i));
    const noise = f32x4.add(f32x4.mul(v128.load(draws + i), range), least);
    v128.store(target + i, f32x4.add(f32x4.mul(four, f32x4.splat(0.25)), noise));
  }
}

/** Floats of two rows in turns, and the first one again. */
function interleave(target: usize, even: usize, odd: usize, length: i32): void {
  const end = (<usize>length) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const a = v128.load(even + i);
    const b = v128.load(odd + i);
    v128.store(target + 2 * i, v128.shuffle<i32>(a, b, 0, 4, 1, 5));
    v128.store(target + 2 * i, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16);
  }
  store<f32>(target + 2 * end, load<f32>(target));
}

/**
 * The least and the greatest float of a map, at `range`.
 *
 * @param side A multiple of 4.
 */
export function findRange(map: usize, side: i32, range: usize): void {
  const pitch = (<usize>(side + WRAP)) << 2;
  let least = v128.load(map);
  let most = least;
  for (let y = 0; y < side; y++) {
    const row = map + <usize>y * pitch;
    const end = row + ((<usize>side) << 2);
    for (let i = row; i < end; i += 16) {
      const floats = v128.load(i);
      least = f32x4.pmin(least, floats);
      most = f32x4.pmax(most, floats);
    }
  }
  least = f32x4.pmin(least, v128.shuffle<i32>(least, least, 2, 3, 0, 1));
  least = f32x4.pmin(least, v128.shuffle<i32>(least, least, 1, 0, 3, 2));
  most = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
  most = f32x4.pmax(most, v128.shuffle<i32>(most, most, 1, 0, 3, 2));
  v128.store32_lane(range, least, 0);
  v128.store32_lane(range, most, 0, 4);
}

/**
 * The texture of ice, grey levels: bright ridges where a cloud, or the same at a half or a fifth of its size,
 * passes its middle; milky ground.
 *
 * @param target Rows of `width` floats, rounded up to a multiple of 4.
 * @param side   Of the map, a power of two.
 * @param scale  What makes the map's range 1.
 */
export function freeze(
  target: usize,
  width: i32,
  height: i32,
  map: usize,
  side: i32,
  least: f32,
  scale: f32,
): void {
  const pitch = (<usize>(side + WRAP)) << 2;
  const mask = side - 1;
  const leasts = f32x4.splat(least);
  const scales = f32x4.splat(scale);
  for (let y = 0; y < height; y++) {
    // The cloud repeats, so that farther away is still inside.
    const row = map + <usize>y * pitch;
    const halfRow = map + <usize>((2 * y) & mask) * pitch;
    const fifthRow = map + <usize>((5 * y) & mask) * pitch;
    for (let x = 0; x < width; x += 4, target += 16) {
      const coarse = scaled(v128.load(row + ((<usize>x) << 2)), leasts, scales);
      const fine = scaled(everyNth(halfRow, x, 2, mask), leasts, scales);
      const finest = scaled(everyNth(fifthRow, x, 5, mask), leasts, scales);
      const faint = f32x4.mul(f32x4.max(ridge(coarse), ridge(finest)), f32x4.splat(0.8));
      const crystals = f32x4.mul(f32x4.max(faint, ridge(fine)), f32x4.splat(CRYSTALS));
      const ground = f32x4.add(f32x4.mul(coarse, f32x4.splat(CLOUD)), f32x4.splat(GROUND));
      v128.store(target, f32x4.add(ground, crystals));
    }
  }
}

function scaled(floats: v128, leasts: v128, scales: v128): v128 {
  return f32x4.mul(f32x4.sub(floats, leasts), scales);
}

/** Four floats of a row, each so many after the other, wrapped around. */
function everyNth(row: usize, x: i32, step: i32, mask: i32): v128 {
  const i = x * step;
  let four = v128.load32_zero(row + ((<usize>(i & mask)) << 2));
  four = v128.load32_lane(row + ((<usize>((i + step) & mask)) << 2), four, 1);
  four = v128.load32_lane(row + ((<usize>((i + 2 * step) & mask)) << 2), four, 2);
  return v128.load32_lane(row + ((<usize>((i + 3 * step) & mask)) << 2), four, 3);
}

/** 1 where a height is in the middle, 0 from a fifth away. */
function ridge(heights: v128): v128 {
  const away = f32x4.abs(f32x4.sub(heights, f32x4.splat(0.5)));
  return f32x4.max(f32x4.splat(0), f32x4.sub(f32x4.splat(1), f32x4.mul(away, f32x4.splat(5))));
}
