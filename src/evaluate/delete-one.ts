import { scratch } from '../image/kernels.ts';
import {
  type ClassMatches,
  type MarkedRows,
  positivesOfGroups,
  rankHits,
} from './average-precision.ts';
import { groupRows, type RowsByClass, rowsInOrder } from './table.ts';

/** The matches of a class, laid out so that its AP is counted without one group after another. */
export interface Deletable {
  /** Rows group by group, ascending. */
  readonly rowsOf: RowsByClass;
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
 * @param groupOf    Group of each image.
 * @param groups     Number of groups.
 * @param thresholds Indexes of the IoU thresholds that the AP is the mean over.
 */
export function deletable(
  matches: ClassMatches,
  marked: MarkedRows,
  groupOf: Int32Array,
  groups: number,
  thresholds: readonly number[],
): Deletable {
  const { images, ignored, positives } = matches;
  const groupOfRow = images.map((image) => groupOf[image]!);
  return {
    rowsOf: groupRows(rowsInOrder(images.length), groupOfRow, groups),
    ignored,
    positives,
    positivesOf: positivesOfGroups(matches, groupOf, groups),
    hits: hitsOf(marked, thresholds),
  };
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
  { rowsOf: { rows, starts }, ignored, positives, positivesOf, hits }: Deletable,
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
    const removed = [gone + from * rows.BYTES_PER_ELEMENT, to - from, ignoredAt];
    memory.kernels.sumWithout(...layout, hits.bits.length, ...removed, ...room);
    return memory.doubles(room[1]!, 1)[0]! / (left * hits.bits.length);
  });
}
