import { type ClassMatches, positivesOfGroups } from './average-precision.ts';
import { RECALL_POINTS } from './match.ts';

/** What decides the AP of a class at one IoU threshold. */
interface Hits {
  /** Rows that took a ground truth and count. */
  readonly matched: Int32Array;
  /** Rows that count neither way. */
  readonly ignored: Int32Array;
}

/** The matches of a class, laid out so that its AP is counted many times with other weights of the groups. */
export interface WeighedMatches {
  /** Group of each row, by descending confidence, up to the last that can matter. */
  readonly groups: Int32Array;
  /** Ground truths that count, of each group. */
  readonly positives: Float64Array;
  /** One for each IoU threshold that the AP is the mean over. */
  readonly hits: readonly Hits[];
  /** Room for sums over rows and over matched rows: filled anew each time. */
  readonly counted: Float64Array;
  readonly recalls: Float64Array;
  readonly precisions: Float64Array;
}

/**
 * Lays the matches of a class out.
 *
 * @param groupOf    Group of each image.
 * @param groups     Number of groups.
 * @param thresholds Indexes of the IoU thresholds that the AP is the mean over.
 */
export function weighedMatches(
  matches: ClassMatches,
  groupOf: Int32Array,
  groups: number,
  thresholds: readonly number[],
): WeighedMatches {
  const positives = positivesOfGroups(matches, groupOf, groups);
  const hits = thresholds.map((threshold): Hits => {
    const bit = 1 << threshold;
    const matched: number[] = [];
    const ignored: number[] = [];
    for (let row = 0; row < matches.matched.length; row++) {
      if (matches.ignored[row]! & bit) ignored.push(row);
      else if (matches.matched[row]! & bit) matched.push(row);
    }
    return { matched: Int32Array.from(matched), ignored: Int32Array.from(ignored) };
  });
  // What comes after the last match moves no precision that counts.
  const rows = Math.max(0, ...hits.map(({ matched }) => (matched.at(-1) ?? -1) + 1));
  const most = Math.max(0, ...hits.map(({ matched }) => matched.length));
  return {
    groups: Int32Array.from({ length: rows }, (_, row) => groupOf[matches.images[row]!]!),
    positives,
    hits,
    counted: new Float64Array(rows),
    recalls: new Float64Array(most),
    precisions: new Float64Array(most),
  };
}

/**
 * AP of a class on the test set in which group g is there `weights[g]` times: to the last bit that of
 * `averagePrecisions` where each row is repeated so often in its place. Within a run of one true positive precision only
 * rises, so its last copy alone decides.
 *
 * @param weights Whole numbers from 0, one for each group.
 * @returns       Mean over the thresholds, 0 to 1; null where the class has no ground truth left.
 */
export function weightedPrecision(
  matches: WeighedMatches,
  weights: ArrayLike<number>,
): number | null {
  const { groups, hits, counted } = matches;
  let positives = 0;
  for (let g = 0; g < weights.length; g++) positives += weights[g]! * matches.positives[g]!;
  if (positives === 0) return null;
  let count = 0;
  for (let row = 0; row < groups.length; row++) {
    count += weights[groups[row]!]!;
    counted[row] = count;
  }
  let sum = 0;
  for (const threshold of hits) sum += precisionOf(matches, threshold, weights, positives);
  return sum / hits.length;
}

/** AP at one threshold. */
function precisionOf(
  { groups, counted, recalls, precisions }: WeighedMatches,
  { matched, ignored }: Hits,
  weights: ArrayLike<number>,
  positives: number,
): number {
  let [tp, left, points, at] = [0, 0, 0, 0];
  for (let k = 0; k < matched.length; k++) {
    const row = matched[k]!;
    const weight = weights[groups[row]!]!;
    if (weight === 0) continue;
    for (; at < ignored.length && ignored[at]! < row; at++) left += weights[groups[ignored[at]!]!]!;
    tp += weight;
    recalls[points] = tp / positives;
    precisions[points] = tp / (counted[row]! - left + Number.EPSILON);
    points += 1;
  }
  for (let k = points - 2; k >= 0; k--) {
    if (precisions[k + 1]! > precisions[k]!) precisions[k] = precisions[k + 1]!;
  }
  let sum = 0;
  for (let r = 0, k = 0; r < RECALL_POINTS.length; r++) {
    while (k < points && recalls[k]! < RECALL_POINTS[r]!) k += 1;
    if (k === points) break;
    sum += precisions[k]!;
  }
  return sum / RECALL_POINTS.length;
}
