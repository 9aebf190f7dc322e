import { IOU_THRESHOLDS, RECALL_POINTS } from './match.ts';

/** All detections of one class under one condition, by descending confidence; equal ones by image, then by row. */
export interface ClassMatches {
  readonly confidences: Float64Array;
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
 * Interpolated precision at COCO's 101 recall points.
 *
 * @param matches   Of one class; `positives` over 0.
 * @param threshold Index of the IoU threshold.
 * @returns         0 beyond the recall that was reached.
 * @see pycocotools `cocoeval.py`, `accumulate`.
 */
export function precisionCurve(
  matches: Pick<ClassMatches, 'matched' | 'ignored' | 'positives'>,
  threshold: number,
): Float64Array {
  const bit = 1 << threshold;
  const { matched, ignored, positives } = matches;
  const recalls: number[] = [];
  const precisions: number[] = [];
  let tp = 0;
  let counted = 0;
  for (let d = 0; d < matched.length; d++) {
    if (ignored[d]! & bit) continue;
    counted += 1;
    if (!(matched[d]! & bit)) continue;
    tp += 1;
    // Between two true positives precision only falls: they alone decide the envelope.
    recalls.push(tp / positives);
    precisions.push(tp / (counted + Number.EPSILON));
  }
  for (let k = precisions.length - 2; k >= 0; k--) {
    precisions[k] = Math.max(precisions[k]!, precisions[k + 1]!);
  }
  const precision = new Float64Array(RECALL_POINTS.length);
  let at = 0;
  for (let r = 0; r < RECALL_POINTS.length; r++) {
    // At recall 0 the reference takes the first detection, whose envelope is that of the first true positive.
    while (at < recalls.length && recalls[at]! < RECALL_POINTS[r]!) at += 1;
    if (at === recalls.length) break;
    precision[r] = precisions[at]!;
  }
  return precision;
}

/**
 * AP at each IoU threshold, 0 to 1; null for a class without ground truth.
 */
export function averagePrecisions(
  matches: Pick<ClassMatches, 'matched' | 'ignored' | 'positives'>,
): Float64Array | null {
  if (matches.positives === 0) return null;
  return Float64Array.from(IOU_THRESHOLDS, (_, threshold) =>
    mean(precisionCurve(matches, threshold)),
  );
}

/** Mean of at least one number. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
