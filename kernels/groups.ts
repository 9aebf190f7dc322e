import { truncated } from './taps';

/** Bytes of a column in the list of columns. */
const COLUMN: usize = 12;

/**
 * Every byte of the target is a weighted sum of bytes of the source where many taps share a weight: those are summed as
 * whole numbers first, within a column by what enters and leaves its sum from row to row.
 *
 * @param stride   Bytes of a row of the source.
 * @param length   Bytes of a row of the target.
 * @param columns  Of each column `first`, `second`, `runs`, from a row of the target to bytes of the source: the two
 *                 rows that are summed; or, if it runs, the last row of its sum and the one before its first.
 * @param sums     Room for a row of 16-bit sums of each column, `sumStride` bytes each.
 * @param offsets  Bytes from a place in `sums` to each sum that a group adds up, group by group.
 * @param counts   Sums of each group, which add up to less than 2^16.
 * @param weights  Of each group.
 */
export function sumGroups(
  source: usize,
  stride: i32,
  target: usize,
  length: i32,
  rows: i32,
  columns: usize,
  columnCount: i32,
  sums: usize,
  sumStride: i32,
  offsets: usize,
  counts: usize,
  weights: usize,
  groups: i32,
): void {
  for (let y = 0; y < rows; y++, source += stride, target += length) {
    for (let k = 0; k < columnCount; k++) {
      const column = columns + <usize>k * COLUMN;
      const first = source + <usize>load<i32>(column);
      const second = source + <usize>load<i32>(column, 4);
      const to = sums + <usize>(k * sumStride);
      if (load<i32>(column, 8) === 0) addRows(first, second, to, stride);
      else if (y > 0) moveOn(first, second, to, stride);
      else {
        memory.fill(to, 0, sumStride);
        for (let row = first; row !== second; row -= stride) addRow(row, to, stride);
      }
    }
    weigh(sums, target, length, offsets, counts, weights, groups);
  }
}

function addRows(first: usize, second: usize, to: usize, length: i32): void {
  for (let i = 0; i < length; i += 16, to += 32) {
    const a = v128.load(first + i);
    const b = v128.load(second + i);
    v128.store(to, i16x8.add(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b)));
    v128.store(to, i16x8.add(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b)), 16);
  }
}

function moveOn(entering: usize, leaving: usize, to: usize, length: i32): void {
  for (let i = 0; i < length; i += 16, to += 32) {
    const a = v128.load(entering + i);
    const b = v128.load(leaving + i);
    const low = i16x8.sub(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b));
    const high = i16x8.sub(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b));
    v128.store(to, i16x8.add(v128.load(to), low));
    v128.store(to, i16x8.add(v128.load(to, 16), high), 16);
  }
}

function addRow(row: usize, to: usize, length: i32): void {
  for (let i = 0; i < length; i += 16, to += 32) {
    const a = v128.load(row + i);
    v128.store(to, i16x8.add(v128.load(to), i16x8.extend_low_i8x16_u(a)));
    v128.store(to, i16x8.add(v128.load(to, 16), i16x8.extend_high_i8x16_u(a)), 16);
  }
}

/** A row of the target from the sums of its columns, in float32 group by group. */
function weigh(
  sums: usize,
  target: usize,
  length: i32,
  offsets: usize,
  counts: usize,
  weights: usize,
  groups: i32,
): void {
  for (let i = 0; i < length; i += 32) {
    const at = sums + ((<usize>i) << 1);
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let e = f32x4.splat(0);
    let f = f32x4.splat(0);
    let g = f32x4.splat(0);
    let h = f32x4.splat(0);
    let offset = offsets;
    for (let group = 0; group < groups; group++) {
      const end = offset + ((<usize>load<i32>(counts + ((<usize>group) << 2))) << 2);
      let p = i16x8.splat(0);
      let q = i16x8.splat(0);
      let r = i16x8.splat(0);
      let s = i16x8.splat(0);
      for (; offset < end; offset += 4) {
        const place = at + <usize>load<i32>(offset);
        p = i16x8.add(p, v128.load(place));
        q = i16x8.add(q, v128.load(place, 16));
        r = i16x8.add(r, v128.load(place, 32));
        s = i16x8.add(s, v128.load(place, 48));
      }
      const weight = v128.load32_splat(weights + ((<usize>group) << 2));
      a = f32x4.add(a, f32x4.mul(weight, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(p))));
      b = f32x4.add(b, f32x4.mul(weight, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(p))));
      c = f32x4.add(c, f32x4.mul(weight, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(q))));
      d = f32x4.add(d, f32x4.mul(weight, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(q))));
      e = f32x4.add(e, f32x4.mul(weight, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(r))));
      f = f32x4.add(f, f32x4.mul(weight, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(r))));
      g = f32x4.add(g, f32x4.mul(weight, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(s))));
      h = f32x4.add(h, f32x4.mul(weight, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(s))));
    }
    v128.store(target + i, truncated(a, b, c, d));
    v128.store(target + i, truncated(e, f, g, h), 16);
  }
}
