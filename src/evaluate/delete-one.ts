import { scratch } from '../image/kernels.ts';
import { type ClassMatches, type MarkedRows, rankHits } from './average-precision.ts';

/** The matches of a class, laid out so that its AP is counted without one group after another. */
export interface Deletable {
  /** Rows of group g, ascending: `rows[starts[g]]` to `rows[starts[g + 1] - 1]`. */
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  /** Of each row a bit for every threshold. */
  readonly ignored: Uint16Array;
  /** Ground truths that count, of all groups and of each. */
  readonly positives: number;
  readonly positivesOf: Float64Array;
  readonly hits: Hits;
}

/** The true positives of one threshold after the other. */
interface Hits {
  readonly bits: Int32Array;
  /** Where those of each threshold begin, and the end. */
  readonly starts: Int32Array;
  /** Row of each, ascending. */
  readonly rows: Int32Array;
  /** Rank of each from 1, among the rows that count. */
  readonly ranks: Float64Array;
}

/**
 * Lays the matches of a class out.
 *
 * @param groupOf     Group of each image.
 * @param positivesOf Ground truths that count, of each group.
 * @param thresholds  Indexes of the IoU thresholds that the AP is the mean over.
 */
export function deletable(
  { images, ignored, positives }: ClassMatches,
  marked: MarkedRows,
  groupOf: Int32Array,
  positivesOf: Float64Array,
  thresholds: readonly number[],
): Deletable {
  const starts = new Int32Array(positivesOf.length + 1);
  for (let row = 0; row < images.length; row++) starts[groupOf[images[row]!]! + 1]! += 1;
  for (let g = 0; g < positivesOf.length; g++) starts[g + 1]! += starts[g]!;
  const next = starts.slice();
  const rows = new Int32Array(images.length);
  for (let row = 0; row < images.length; row++) rows[next[groupOf[images[row]!]!]!++] = row;
  return { rows, starts, ignored, positives, positivesOf, hits: hitsOf(marked, thresholds) };
}

function hitsOf(marked: MarkedRows, thresholds: readonly number[]): Hits {
  const room = marked.rows.length * thresholds.length;
  const [rows, ranks] = [new Int32Array(room), new Float64Array(room)];
  const starts = new Int32Array(thresholds.length + 1);
  const ranked = new Int32Array(marked.rows.length);
  let at = 0;
  for (const [t, threshold] of thresholds.entries()) {
    const bit = 1 << threshold;
    ranks.set(ranked.subarray(0, rankHits(marked, threshold, ranked)), at);
    for (let i = 0; i < marked.rows.length; i++) {
      if (marked.matched[i]! & ~marked.ignored[i]! & bit) rows[at++] = marked.rows[i]!;
    }
    starts[t + 1] = at;
  }
  const bits = Int32Array.from(thresholds, (threshold) => 1 << threshold);
  return { bits, starts, rows: rows.subarray(0, at), ranks: ranks.subarray(0, at) };
}

/**
 * AP of a class without one group of images, for each of some groups. Over all recalls, not at COCO's 101: there a
 * group less shifts every recall point to another true positive, and the jackknife would measure these steps.
 *
 * @param groups Groups; null leaves none out.
 * @returns      Means over the thresholds, 0 to 1; 0 where no ground truth is left.
 */
export function precisionsWithout(
  { rows, starts, ignored, positives, positivesOf, hits }: Deletable,
  groups: readonly (number | null)[],
): Float64Array {
  const memory = scratch();
  const [gone, ignoredAt] = [memory.put(rows), memory.put(ignored)];
  const layout = [hits.rows, hits.ranks, hits.starts, hits.bits].map((data) => memory.put(data));
  const room = [
    memory.reserve(hits.rows.length * Float64Array.BYTES_PER_ELEMENT),
    memory.reserve(Float64Array.BYTES_PER_ELEMENT),
  ];
  return Float64Array.from(groups, (group) => {
    const [from, to] = group === null ? [0, 0] : [starts[group]!, starts[group + 1]!];
    const left = positives - (group === null ? 0 : positivesOf[group]!);
    if (left === 0) return 0;
    const removed = [gone + from * Int32Array.BYTES_PER_ELEMENT, to - from, ignoredAt];
    memory.kernels.sumWithout(...layout, hits.bits.length, ...removed, ...room);
    return memory.doubles(room[1]!, 1)[0]! / (left * hits.bits.length);
  });
}
