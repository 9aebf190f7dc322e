// Levels in 16 coarse bins of 16 fine ones: a column has a byte for each of them.
const BINS: usize = 16;

/** So many fine bins of columns, each at most 31, sum up to less than 256. */
const COLUMNS_IN_BYTES: i32 = 8;

/**
 * The median of the square around every sample of an RGB picture, from histograms of columns: going down a row
 * changes a column by two samples, going right changes the square by two columns.
 *
 * @param source  The picture with a border of `side >> 1` pixels.
 * @param stride  Bytes of a row of the source.
 * @param side    Odd, up to 31.
 * @param work    Room for (width + side) * 272 + 64 bytes.
 * @see Perreault & Hebert 2007, "Median filtering in constant time". The fine histogram of the square, of one
 *      coarse bin, is summed anew for each sample: for these sides that is quicker than to remember it.
 */
export function medianByHistogram(
  source: usize,
  stride: usize,
  target: usize,
  width: i32,
  height: i32,
  side: i32,
  work: usize,
): void {
  const columns = width + side - 1;
  const coarse = work + 64;
  const fine = coarse + columns * BINS;
  for (let channel: usize = 0; channel < 3; channel++) {
    memory.fill(coarse, 0, columns * BINS * (BINS + 1));
    for (let y = 0; y < side - 1; y++) {
      count(source + y * stride + channel, columns, coarse, fine, 1);
    }
    for (let y = 0; y < height; y++) {
      const above = source + y * stride + channel;
      count(above + (side - 1) * stride, columns, coarse, fine, 1);
      medianRow(coarse, fine, columns, side, target + y * width * 3 + channel, work);
      count(above, columns, coarse, fine, -1);
    }
  }
}

/** Adds a row of samples to the histograms of its columns, or takes it away. */
function count(row: usize, columns: i32, coarse: usize, fine: usize, by: i32): void {
  for (let x = 0; x < columns; x++, row += 3) {
    const level = load<u8>(row);
    const bin = level >> 4;
    const inCoarse = coarse + x * BINS + bin;
    const inFine = fine + (bin * columns + x) * BINS + (level & 15);
    store<u8>(inCoarse, load<u8>(inCoarse) + by);
    store<u8>(inFine, load<u8>(inFine) + by);
  }
}

function medianRow(
  coarse: usize,
  fine: usize,
  columns: i32,
  side: i32,
  target: usize,
  work: usize,
): void {
  const middle = i16x8.splat(<i16>((side * side + 1) >> 1));
  const sums = work + 16;
  let low = i16x8.splat(0);
  let high = i16x8.splat(0);
  store<u16>(sums - 2, 0);
  for (let x = 0; x < side - 1; x++) {
    const column = v128.load(coarse + x * BINS);
    low = i16x8.add(low, i16x8.extend_low_i8x16_u(column));
    high = i16x8.add(high, i16x8.extend_high_i8x16_u(column));
  }
  for (let x = 0; x <= columns - side; x++, coarse += BINS, target += 3) {
    const entering = v128.load(coarse + (side - 1) * BINS);
    low = i16x8.add(low, i16x8.extend_low_i8x16_u(entering));
    high = i16x8.add(high, i16x8.extend_high_i8x16_u(entering));
    const sumsLow = runningSum(low);
    const sumsHigh = i16x8.add(runningSum(high), lastOf(sumsLow));
    v128.store(sums, sumsLow);
    v128.store(sums, sumsHigh, 16);
    const bin = countBelow(sumsLow, sumsHigh, middle);
    // Rank of the median among the samples of its coarse bin.
    const rank = i16x8.sub(middle, v128.load16_splat(sums + 2 * bin - 2));
    const level = rankIn(fine + (bin * columns + x) * BINS, side, rank);
    store<u8>(target, 16 * bin + level);
    const leaving = v128.load(coarse);
    low = i16x8.sub(low, i16x8.extend_low_i8x16_u(leaving));
    high = i16x8.sub(high, i16x8.extend_high_i8x16_u(leaving));
  }
}

/** The fine bin that holds the sample of a rank (from 1, in all lanes), of so many columns. */
function rankIn(fine: usize, columns: i32, rank: v128): i32 {
  let low = i16x8.splat(0);
  let high = i16x8.splat(0);
  for (let from = 0; from < columns; from += COLUMNS_IN_BYTES) {
    let bytes = i8x16.splat(0);
    const to = min(columns, from + COLUMNS_IN_BYTES);
    for (let x = from; x < to; x++) bytes = i8x16.add(bytes, v128.load(fine + x * BINS));
    low = i16x8.add(low, i16x8.extend_low_i8x16_u(bytes));
    high = i16x8.add(high, i16x8.extend_high_i8x16_u(bytes));
  }
  const sumsLow = runningSum(low);
  return countBelow(sumsLow, i16x8.add(runningSum(high), lastOf(sumsLow)), rank);
}

/** Lane i becomes the sum of lanes 0 to i. */
function runningSum(v: v128): v128 {
  const zero = i16x8.splat(0);
  v = i16x8.add(v, v128.shuffle<u16>(zero, v, 0, 8, 9, 10, 11, 12, 13, 14));
  v = i16x8.add(v, v128.shuffle<u16>(zero, v, 0, 1, 8, 9, 10, 11, 12, 13));
  return i16x8.add(v, v128.shuffle<u16>(zero, v, 0, 1, 2, 3, 8, 9, 10, 11));
}

function lastOf(v: v128): v128 {
  return v128.shuffle<u16>(v, v, 7, 7, 7, 7, 7, 7, 7, 7);
}

/** How many of the 16 lanes are less. */
function countBelow(low: v128, high: v128, than: v128): i32 {
  return popcnt(i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.lt_s(low, than), i16x8.lt_s(high, than))));
}
