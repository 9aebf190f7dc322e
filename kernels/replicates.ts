/** Replicates that are summed side by side. */
const LANES: i32 = 16;

/**
 * Sums columns under the weights of 16 replicates, in the order of the groups: to each sum what a plain loop gives.
 *
 * @param weights Of each group, of each replicate: doubles, groups x 16.
 * @param columns Doubles, count x groups.
 * @param result  Doubles, 16 for each column; columns are `stride` doubles apart.
 */
export function sumReplicates(
  weights: usize,
  columns: usize,
  count: i32,
  groups: i32,
  result: usize,
  stride: i32,
): void {
  for (let column = 0; column < count; column++) {
    const values = columns + ((<usize>column * <usize>groups) << 3);
    const target = result + ((<usize>column * <usize>stride) << 3);
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    let at = weights;
    for (let group = 0; group < groups; group++, at += 8 * LANES) {
      const value = v128.load64_splat(values + ((<usize>group) << 3));
      s0 = f64x2.add(s0, f64x2.mul(v128.load(at), value));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(at, 16), value));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(at, 32), value));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(at, 48), value));
      s4 = f64x2.add(s4, f64x2.mul(v128.load(at, 64), value));
      s5 = f64x2.add(s5, f64x2.mul(v128.load(at, 80), value));
      s6 = f64x2.add(s6, f64x2.mul(v128.load(at, 96), value));
      s7 = f64x2.add(s7, f64x2.mul(v128.load(at, 112), value));
    }
    v128.store(target, s0);
    v128.store(target, s1, 16);
    v128.store(target, s2, 32);
    v128.store(target, s3, 48);
    v128.store(target, s4, 64);
    v128.store(target, s5, 80);
    v128.store(target, s6, 96);
    v128.store(target, s7, 112);
  }
}
