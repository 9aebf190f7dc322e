import type { Deletable } from '../../src/evaluate/delete-one.ts';

/** `precisionsWithout` of one group in plain JavaScript. */
export function precisionWithoutPortable(matches: Deletable, group: number): number {
  const { rowsOf, positives, positivesOf, hits } = matches;
  const left = positives - positivesOf[group]!;
  if (left === 0) return 0;
  const gone = rowsOf.rows.subarray(rowsOf.starts[group], rowsOf.starts[group + 1]);
  let sum = 0;
  hits.bits.forEach((_, threshold) => {
    const precisions = precisionsOf(matches, threshold, gone);
    for (let k = precisions.length - 1, best = 0; k >= 0; k--) {
      best = Math.max(best, precisions[k]!);
      sum += best;
    }
  });
  return sum / (left * hits.bits.length);
}

/** The precision at each true positive of a threshold that is left. */
function precisionsOf(
  { ignored, hits }: Deletable,
  threshold: number,
  gone: Uint32Array,
): number[] {
  const precisions: number[] = [];
  for (let hit = hits.starts[threshold]!; hit < hits.starts[threshold + 1]!; hit++) {
    const row = hits.rows[hit]!;
    if (gone.includes(row)) continue;
    const counts = (other: number): boolean => (ignored[other]! & hits.bits[threshold]!) === 0;
    const removed = gone.filter((other) => other < row && counts(other)).length;
    precisions.push((precisions.length + 1) / (hits.ranks[hit]! - removed + Number.EPSILON));
  }
  return precisions;
}
