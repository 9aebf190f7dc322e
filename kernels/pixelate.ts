/** Weights are in units of 2^-22, as Pillow's. */
const BITS: i32 = 22;
const HALF: i32 = 1 << 21;

/**
 * Averages whole pixels along rows, then along columns, and repeats what results.
 *
 * @param across    Where each box of a row begins and ends: two for each of the `smallWidth`; `down` alike.
 * @param columns   For each column of the target which box it shows.
 * @param weights   2^22 / n for every number n of pixels that a box may have.
 * @param row       Room for `smallWidth` pixels of four 32-bit numbers.
 * @see Pillow `ImagingResample` with the box filter
 */
export function pixelate(
  source: usize,
  target: usize,
  width: i32,
  height: i32,
  smallWidth: i32,
  across: usize,
  down: usize,
  columns: usize,
  rows: usize,
  weights: usize,
  row: usize,
): void {
  const length = <usize>width * 3;
  let y = 0;
  for (let box = 0; y < height; box++) {
    if (load<i32>(rows + ((<usize>y) << 2)) !== box) continue;
    const first = load<i32>(down + ((<usize>box) << 3));
    const last = load<i32>(down + ((<usize>box) << 3), 4);
    memory.fill(row, 0, (<usize>smallWidth) << 4);
    for (let line = first; line < last; line++) {
      addBoxes(source + <usize>line * length, across, smallWidth, weights, row);
    }
    const to = target + <usize>y * length;
    averageBoxes(row, smallWidth, load<i32>(weights + ((<usize>(last - first)) << 2)));
    for (let x = 0; x < width; x++) {
      const shown = <usize>load<i32>(columns + ((<usize>x) << 2));
      store<u32>(to + <usize>x * 3, load<u32>(row + (shown << 4)));
    }
    for (y++; y < height && load<i32>(rows + ((<usize>y) << 2)) === box; y++) {
      memory.copy(target + <usize>y * length, to, length);
    }
  }
}

/** Adds the average of each box of a line to the sums. */
function addBoxes(line: usize, across: usize, count: i32, weights: usize, sums: usize): void {
  const half = i32x4.splat(HALF);
  for (const end = sums + ((<usize>count) << 4); sums < end; sums += 16, across += 8) {
    const first = load<i32>(across);
    const last = load<i32>(across, 4);
    const weight = v128.load32_splat(weights + ((<usize>(last - first)) << 2));
    let at = line + <usize>first * 3;
    let sum = pixel(at);
    for (const stop = line + <usize>last * 3; (at += 3) < stop;) sum = i32x4.add(sum, pixel(at));
    const average = i32x4.shr_u(i32x4.add(i32x4.mul(sum, weight), half), BITS);
    v128.store(sums, i32x4.add(v128.load(sums), average));
  }
}

/** Red, green and blue as whole numbers, and one that counts for nothing. */
function pixel(at: usize): v128 {
  return i8x16.swizzle(
    v128.load32_zero(at),
    i8x16(0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, -1, -1, -1, -1),
  );
}

/** Averages the sums of several lines, in place, as bytes. */
function averageBoxes(sums: usize, count: i32, weight: i32): void {
  const weights = i32x4.splat(weight);
  const half = i32x4.splat(HALF);
  for (const end = sums + ((<usize>count) << 4); sums < end; sums += 16) {
    const sum = i32x4.mul(v128.load(sums), weights);
    const average = i32x4.shr_u(i32x4.add(sum, half), BITS);
    v128.store(
      sums,
      i8x16.swizzle(average, i8x16(0, 4, 8, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    );
  }
}
