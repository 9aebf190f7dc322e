import { IOU_THRESHOLDS, RECALL_POINTS } from './match.ts';

/** All detections of one class under one condition, by descending confidence; equal ones by image, then by row. */
export interface ClassMatches {
  /** Image (rank) of each detection. */
  readonly images: Int32Array;
  /** A bit for each IoU threshold. */
  readonly matched: Uint16Array;
  readonly ignored: Uint16Array;
  /** Ground truths that count. */
  readonly positives: number;
  /** The same, image by image. */
  readonly positivesOfImage: Int32Array;
}

/**
 * Ground truths that count, group by group.
 *
 * @param groupOf Group of each image.
 * @param groups  Number of groups.
 */
export function positivesOfGroups(
  { positivesOfImage }: Pick<ClassMatches, 'positivesOfImage'>,
  groupOf: Int32Array,
  groups: number,
): Float64Array {
  const positives = new Float64Array(groups);
  positivesOfImage.forEach((count, image) => (positives[groupOf[image]!]! += count));
  return positives;
}

/** Detections of one class that hit something or are ignored at some threshold: most are neither, at any. */
export interface MarkedRows {
  /** Place of each among all, by descending confidence. */
  readonly rows: Int32Array;
  readonly matched: Uint16Array;
  readonly ignored: Uint16Array;
}

/** The rows of a class that are not false at every threshold. */
export function markedRows({
  matched,
  ignored,
}: Pick<ClassMatches, 'matched' | 'ignored'>): MarkedRows {
  let count = 0;
  for (let row = 0; row < matched.length; row++) if (matched[row]! | ignored[row]!) count += 1;
  const rows = new Int32Array(count);
  const marked = { rows, matched: new Uint16Array(count), ignored: new Uint16Array(count) };
  for (let row = 0, at = 0; at < count; row++) {
    if (!(matched[row]! | ignored[row]!)) continue;
    rows[at] = row;
    marked.matched[at] = matched[row]!;
    marked.ignored[at] = ignored[row]!;
    at += 1;
  }
  return marked;
}

/**
 * Ranks the true positives of a threshold among the detections that count there, from 1.
 *
 * @param ranks As long as there are marked rows; is filled.
 * @returns     How many there are.
 */
export function rankHits(
  { rows, matched, ignored }: MarkedRows,
  threshold: number,
  ranks: Int32Array,
): number {
  const bit = 1 << threshold;
  let hits = 0;
  let left = 0;
  for (let i = 0; i < rows.length; i++) {
    if (ignored[i]! & bit) left += 1;
    else if (matched[i]! & bit) {
      ranks[hits] = rows[i]! + 1 - left;
      hits += 1;
    }
  }
  return hits;
}

/**
 * AP at each IoU threshold, 0 to 1; null for a class without ground truth.
 */
export function averagePrecisions(
  matches: Pick<ClassMatches, 'matched' | 'ignored' | 'positives'>,
): Float64Array | null {
  const { positives } = matches;
  if (positives === 0) return null;
  const marked = markedRows(matches);
  const ranks = new Int32Array(marked.rows.length);
  const precisions = new Float64Array(marked.rows.length);
  return IOU_THRESHOLDS.map((_, threshold) => {
    const hits = rankHits(marked, threshold, ranks);
    // Between two true positives precision only falls: they alone decide the envelope.
    for (let k = hits - 1, best = 0; k >= 0; k--) {
      best = Math.max(best, (k + 1) / (ranks[k]! + Number.EPSILON));
      precisions[k] = best;
    }
    return interpolatedMean(precisions.subarray(0, hits), positives);
  });
}

/**
 * Mean of the interpolated precision at COCO's 101 recall points; it is 0 beyond the recall that was reached.
 *
 * @param precisions At each true positive, the best there or later.
 * @see pycocotools `cocoeval.py`, `accumulate`.
 */
function interpolatedMean(precisions: Float64Array, positives: number): number {
  const hits = precisions.length;
  let sum = 0;
  let at = 0;
  for (let r = 0; r < RECALL_POINTS.length; r++) {
    // At recall 0 the reference takes the first detection, whose envelope is that of the first true positive.
    while (at < hits && (at + 1) / positives < RECALL_POINTS[r]!) at += 1;
    if (at === hits) break;
    sum += precisions[at]!;
  }
  return sum / RECALL_POINTS.length;
}

/** Mean of at least one number. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
