// Medians of small squares of an RGB picture: 16 samples at a time go through the same comparisons, whatever
// they are. Rows of the result are written in whole vectors, each over what the one above has written too much.

/** Bytes from a sample to the same channel of the next pixel. */
const PIXEL: usize = 3;

/**
 * The median of every sample and its 8 neighbours.
 *
 * @param source   The picture with a border of one pixel.
 * @param stride   Bytes of a row of the source.
 * @param rowBytes Bytes of a row of the target.
 * @param work     Room for 3 * (rowBytes + 32) bytes.
 */
export function medianOf9(
  source: usize,
  stride: usize,
  target: usize,
  rowBytes: usize,
  rows: i32,
  work: usize,
): void {
  const line = lineOf(rowBytes);
  for (let y = 0; y < rows; y++, source += stride, target += rowBytes) {
    sortThree(source, stride, work, line, rowBytes + 2 * PIXEL);
    for (let i: usize = 0; i < rowBytes; i += 16) {
      const low = work + i;
      const middle = low + line;
      const high = middle + line;
      const lows = i8x16.max_u(
        v128.load(low),
        i8x16.max_u(v128.load(low, PIXEL), v128.load(low, 2 * PIXEL)),
      );
      const middles = medianOf3(
        v128.load(middle),
        v128.load(middle, PIXEL),
        v128.load(middle, 2 * PIXEL),
      );
      const highs = i8x16.min_u(
        v128.load(high),
        i8x16.min_u(v128.load(high, PIXEL), v128.load(high, 2 * PIXEL)),
      );
      v128.store(target + i, medianOf3(lows, middles, highs));
    }
  }
}

/**
 * The median of every sample and its 24 neighbours. Columns, then rows are sorted; then all but one anti-diagonal
 * of the square, the largest of the next above and the smallest of the next below is too small or too large.
 *
 * @param source   The picture with a border of two pixels.
 * @param stride   Bytes of a row of the source.
 * @param rowBytes Bytes of a row of the target.
 * @param work     Room for 35 * (rowBytes + 32) bytes.
 */
export function medianOf25(
  source: usize,
  stride: usize,
  target: usize,
  rowBytes: usize,
  rows: i32,
  work: usize,
): void {
  const line = lineOf(rowBytes);
  const squares = work + 5 * line;
  const diagonal = squares + 25 * line;
  for (let y = 0; y < rows; y++, source += stride, target += rowBytes) {
    sortFive(source, stride, work, line, rowBytes + 4 * PIXEL);
    for (let rank: usize = 0; rank < 5; rank++) {
      sortFive(work + rank * line, PIXEL, squares + 5 * rank * line, line, rowBytes);
    }
    sortFive(squares + 4 * line, 4 * line, diagonal, line, rowBytes);
    for (let i: usize = 0; i < rowBytes; i += 16) {
      const above = largestOf4(squares + 3 * line + i, 4 * line);
      const below = smallestOf4(squares + 9 * line + i, 4 * line);
      const low = i8x16.min_u(above, below);
      const high = i8x16.max_u(above, below);
      // The fourth of the sorted five and these two.
      const second = v128.load(diagonal + line + i);
      const third = v128.load(diagonal + 2 * line + i);
      const fourth = v128.load(diagonal + 3 * line + i);
      const median = i8x16.min_u(
        fourth,
        i8x16.min_u(i8x16.max_u(third, low), i8x16.max_u(second, high)),
      );
      v128.store(target + i, median);
    }
  }
}

/** Bytes of a line of work: the samples of a row and its border, in whole vectors. */
function lineOf(rowBytes: usize): usize {
  return (rowBytes + 4 * PIXEL + 15) & ~15;
}

/** Sorts the samples `step` bytes apart; the least go to the first line. */
function sortThree(source: usize, step: usize, target: usize, line: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const from = source + i;
    const a = v128.load(from);
    const b = v128.load(from + step);
    const c = v128.load(from + 2 * step);
    const low = i8x16.min_u(a, b);
    const high = i8x16.max_u(a, b);
    const to = target + i;
    v128.store(to, i8x16.min_u(low, c));
    v128.store(to + line, i8x16.max_u(low, i8x16.min_u(high, c)));
    v128.store(to + 2 * line, i8x16.max_u(high, c));
  }
}

/** Sorts the samples `step` bytes apart; the least go to the first line. */
function sortFive(source: usize, step: usize, target: usize, line: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const from = source + i;
    let a = v128.load(from);
    let b = v128.load(from + step);
    let c = v128.load(from + 2 * step);
    let d = v128.load(from + 3 * step);
    let e = v128.load(from + 4 * step);
    let least = i8x16.min_u(a, b);
    b = i8x16.max_u(a, b);
    a = least;
    least = i8x16.min_u(d, e);
    e = i8x16.max_u(d, e);
    d = least;
    least = i8x16.min_u(c, e);
    e = i8x16.max_u(c, e);
    c = least;
    least = i8x16.min_u(c, d);
    d = i8x16.max_u(c, d);
    c = least;
    least = i8x16.min_u(b, e);
    e = i8x16.max_u(b, e);
    b = least;
    least = i8x16.min_u(a, d);
    d = i8x16.max_u(a, d);
    a = least;
    least = i8x16.min_u(a, c);
    c = i8x16.max_u(a, c);
    a = least;
    least = i8x16.min_u(b, d);
    d = i8x16.max_u(b, d);
    b = least;
    least = i8x16.min_u(b, c);
    c = i8x16.max_u(b, c);
    const to = target + i;
    v128.store(to, a);
    v128.store(to + line, least);
    v128.store(to + 2 * line, c);
    v128.store(to + 3 * line, d);
    v128.store(to + 4 * line, e);
  }
}

function medianOf3(a: v128, b: v128, c: v128): v128 {
  return i8x16.max_u(i8x16.min_u(a, b), i8x16.min_u(i8x16.max_u(a, b), c));
}

function largestOf4(at: usize, step: usize): v128 {
  return i8x16.max_u(
    i8x16.max_u(v128.load(at), v128.load(at + step)),
    i8x16.max_u(v128.load(at + 2 * step), v128.load(at + 3 * step)),
  );
}

function smallestOf4(at: usize, step: usize): v128 {
  return i8x16.min_u(
    i8x16.min_u(v128.load(at), v128.load(at + step)),
    i8x16.min_u(v128.load(at + 2 * step), v128.load(at + 3 * step)),
  );
}
