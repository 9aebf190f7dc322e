/**
 * Interpolated precisions of a class without some of its rows, summed over true positives and thresholds.
 *
 * @param hits       For each threshold, one after the other, the row of each true positive, ascending (i32).
 * @param ranks      As many: its rank among the rows that count there, from 1 (f64).
 * @param starts     Where the hits of each threshold begin, and the end (i32).
 * @param bits       The bit of each threshold in `ignored` (i32).
 * @param thresholds How many.
 * @param gone       The rows that are not there, ascending (i32).
 * @param ignored    Of each row, at which thresholds it does not count (u16).
 * @param precisions Room for a number for each hit of a threshold.
 * @param result     One f64.
 */
export function sumWithout(
  hits: usize,
  ranks: usize,
  starts: usize,
  bits: usize,
  thresholds: i32,
  gone: usize,
  goneCount: i32,
  ignored: usize,
  precisions: usize,
  result: usize,
): void {
  let sum: f64 = 0;
  for (let t: usize = 0; t < <usize>thresholds; t++) {
    const bit = load<i32>(bits + (t << 2));
    let hit = <usize>load<i32>(starts + (t << 2));
    const end = <usize>load<i32>(starts + (t << 2), 4);
    let left: f64 = 0;
    let removed: f64 = 0;
    let to = precisions;
    for (let i = 0; i <= goneCount && hit < end; i++) {
      const row = i < goneCount ? load<i32>(gone + ((<usize>i) << 2)) : i32.MAX_VALUE;
      const shift = f64x2.splat(removed);
      const small = f64x2.splat(f64.EPSILON);
      while (hit + 1 < end && load<i32>(hits + (hit << 2), 4) < row) {
        const rank = f64x2.add(f64x2.sub(v128.load(ranks + (hit << 3)), shift), small);
        v128.store(to, f64x2.div(f64x2.add(f64x2.splat(left), f64x2(1, 2)), rank));
        left += 2;
        to += 16;
        hit += 2;
      }
      if (hit < end && load<i32>(hits + (hit << 2)) < row) {
        left += 1;
        store<f64>(to, left / (load<f64>(ranks + (hit << 3)) - removed + f64.EPSILON));
        to += 8;
        hit += 1;
      }
      if (i == goneCount || (<i32>load<u16>(ignored + ((<usize>row) << 1)) & bit) != 0) continue;
      removed += 1;
      if (hit < end && load<i32>(hits + (hit << 2)) == row) hit += 1;
    }
    let best: f64 = 0;
    while (to > precisions) {
      to -= 8;
      best = max(best, load<f64>(to));
      sum += best;
    }
  }
  store<f64>(result, sum);
}
