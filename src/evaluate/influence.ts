import type { ClassMatches } from './average-precision.ts';
import { IOU_THRESHOLDS } from './match.ts';

const ALL_THRESHOLDS = [...IOU_THRESHOLDS.keys()];

/** The leverage correction never divides by less than this. */
const LEAST_LEVERAGE = 0.1;

/**
 * Influence of every group of images on the AP of one class (mean over IoU thresholds, 0 to 1), divided by
 * its leverage: the variance of AP is G / (G - 1) times the sum of squares over the G groups, as the
 * delete-one-group jackknife gives it.
 *
 * @param matches Of the class; `positives` over 0.
 * @param groupOf Group of each image.
 * @param groups  Number of groups.
 * @param thresholds Indexes of the IoU thresholds that the AP is the mean over.
 * @see STATISTICS.md 2.1, docs/how-sure.md: derivative of the all-points AP with respect to a group's weight.
 */
export function classInfluence(
  matches: ClassMatches,
  groupOf: Int32Array,
  groups: number,
  thresholds: readonly number[] = ALL_THRESHOLDS,
): Float64Array {
  const { positives, positivesOfImage } = matches;
  const share = new Float64Array(groups);
  positivesOfImage.forEach((count, image) => (share[groupOf[image]!]! += count));
  const influence = new Float64Array(groups);
  for (const t of thresholds) {
    const ap = addDetections(matches, t, groupOf, influence);
    for (let g = 0; g < groups; g++) influence[g]! -= ap * share[g]!;
  }
  for (let g = 0; g < groups; g++) {
    const leverage = Math.max(1 - share[g]! / positives, LEAST_LEVERAGE);
    influence[g]! /= positives * leverage * thresholds.length;
  }
  return influence;
}

/** Adds what the detections of each group contribute at one threshold; returns the all-points AP. */
function addDetections(
  { images, matched, ignored, positives }: ClassMatches,
  threshold: number,
  groupOf: Int32Array,
  influence: Float64Array,
): number {
  const bit = 1 << threshold;
  const rows = new Int32Array(matched.length);
  const hits = new Float64Array(matched.length);
  let [n, total, last] = [0, 0, 0];
  for (let row = 0; row < matched.length; row++) {
    if (ignored[row]! & bit) continue;
    if (matched[row]! & bit) {
      total += 1;
      last = n + 1;
    }
    rows[n] = row;
    hits[n] = total;
    n += 1;
  }
  // What comes after the last hit moves no precision that counts.
  const { envelope, attained } = precisionEnvelope(hits.subarray(0, last));
  let ap = 0;
  const weight = new Float64Array(last);
  for (let d = 0; d < last; d++) {
    if (!(matched[rows[d]!]! & bit)) continue;
    ap += envelope[d]!;
    weight[attained[d]!]! += 1;
  }
  let a = 0;
  let b = 0;
  for (let d = last - 1; d >= 0; d--) {
    const rank = d + 1;
    a += weight[d]! / rank;
    b += (weight[d]! * hits[d]!) / (rank * rank);
    const hit = matched[rows[d]!]! & bit;
    influence[groupOf[images[rows[d]!]!]!]! += (hit ? envelope[d]! + a : 0) - b;
  }
  return ap / positives;
}

/** For each rank the best precision at it or later, and where that is reached. */
function precisionEnvelope(hits: Float64Array): { envelope: Float64Array; attained: Int32Array } {
  const envelope = new Float64Array(hits.length);
  const attained = new Int32Array(hits.length);
  let best = 0;
  let at = hits.length - 1;
  for (let d = hits.length - 1; d >= 0; d--) {
    const precision = hits[d]! / (d + 1);
    if (precision >= best) [best, at] = [precision, d];
    envelope[d] = best;
    attained[d] = at;
  }
  return { envelope, attained };
}
