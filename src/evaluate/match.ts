/** IoU thresholds .50, .55, …, .95 with the very bits of numpy's linspace, as pycocotools has them. */
export const IOU_THRESHOLDS = linspace(0.5, 0.95, 10);

/** Recall points 0, .01, …, 1 with the bits of numpy's linspace. */
export const RECALL_POINTS = linspace(0, 1, 101);

/** Detections of an image and class beyond this many, by confidence, do not count. */
export const MAX_DETECTIONS_A_CLASS = 100;

/** A bit for each IoU threshold. */
export const ALL_THRESHOLDS = (1 << IOU_THRESHOLDS.length) - 1;

/** Where detections stand, row by row of their table. */
export interface Matches {
  /** A bit for each IoU threshold: the detection took a ground truth. */
  readonly matched: Uint16Array;
  /** The same: it counts neither way. */
  readonly ignored: Uint16Array;
  /** The ground truth that it took at IoU .50, or -1. */
  readonly object: Int32Array;
}

/** Matches of so many detections that are as yet unmatched. */
export function unmatched(rows: number): Matches {
  return {
    matched: new Uint16Array(rows),
    ignored: new Uint16Array(rows),
    object: new Int32Array(rows).fill(-1),
  };
}

/** Detections and ground truths of one class in one image; arrays may be longer than these are many. */
export interface MatchInput {
  /** Number of detections; they come by descending confidence. */
  readonly detections: number;
  /** Number of ground truths. */
  readonly objects: number;
  /** IoU of every detection with every ground truth, detection by detection. */
  readonly ious: ArrayLike<number>;
  /** 1 for each ground truth that is ignored, crowd regions included. */
  readonly ignore: ArrayLike<number>;
  /** 1 for each crowd region: it can be matched many times. */
  readonly crowd: ArrayLike<number>;
  /** 1 for each detection that is ignored when it matches nothing (outside the area range). */
  readonly outside?: Uint8Array;
  /** 1 for each ground truth whose match pycocotools does not see: id 0. */
  readonly unseen?: Uint8Array;
}

/**
 * COCO's greedy matching, for all IoU thresholds.
 *
 * @param matches As yet unmatched; the rows from `first` on are filled.
 * @see pycocotools `cocoeval.py`, `evaluateImg`.
 */
export function matchImage(input: MatchInput, matches: Matches, first: number): void {
  // A bit for each IoU threshold at which the ground truth is taken.
  const taken: number[] = [];
  for (let g = 0; g < input.objects; g++) taken.push(0);
  for (let d = 0; d < input.detections; d++) {
    const near = reachable(d, input);
    let seen = 0;
    if (near) seen = matchDetection(d, near, input, taken, matches, first + d);
    matches.matched[first + d] = seen;
    if (input.outside?.[d]) matches.ignored[first + d]! |= ALL_THRESHOLDS & ~seen;
  }
}

/** The ground truths that a detection reaches at the lowest threshold, those that count first; null without any. */
function reachable(
  detection: number,
  { objects, ious, ignore }: MatchInput,
): readonly number[] | null {
  let near: number[] | null = null;
  for (let g = 0, at = detection * objects; g < objects; g++, at++) {
    if (ious[at]! >= IOU_THRESHOLDS[0]!) (near ??= []).push(g);
  }
  // A match that counts is never given up for one that does not.
  if (near && near.length > 1) near.sort((a, b) => ignore[a]! - ignore[b]! || a - b);
  return near;
}

/** Matches one detection after those before it; returns the thresholds at which its match is seen, as bits. */
function matchDetection(
  detection: number,
  near: readonly number[],
  input: MatchInput,
  taken: number[],
  { ignored, object }: Matches,
  row: number,
): number {
  let seen = 0;
  for (let t = 0; t < IOU_THRESHOLDS.length; t++) {
    const bit = 1 << t;
    const best = bestObject(detection, t, near, input, taken);
    if (best < 0) continue;
    taken[best]! |= bit;
    if (input.ignore[best]) ignored[row]! |= bit;
    if (t === 0) object[row] = best;
    if (!input.unseen?.[best]) seen |= bit;
  }
  return seen;
}

function bestObject(
  detection: number,
  threshold: number,
  near: readonly number[],
  { objects, ious, ignore, crowd }: MatchInput,
  taken: readonly number[],
): number {
  const bit = 1 << threshold;
  let least = Math.min(IOU_THRESHOLDS[threshold]!, 1 - 1e-10);
  let best = -1;
  for (let k = 0; k < near.length; k++) {
    const g = near[k]!;
    if (taken[g]! & bit && !crowd[g]) continue;
    if (best >= 0 && !ignore[best] && ignore[g]) break;
    const iou = ious[detection * objects + g]!;
    if (iou < least) continue;
    least = iou;
    best = g;
  }
  return best;
}

function linspace(start: number, stop: number, count: number): Float64Array {
  const step = (stop - start) / (count - 1);
  const values = Float64Array.from({ length: count }, (_, i) => i * step + start);
  values[count - 1] = stop;
  return values;
}
