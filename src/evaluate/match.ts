/** IoU thresholds .50, .55, …, .95 with the very bits of numpy's linspace, as pycocotools has them. */
export const IOU_THRESHOLDS = linspace(0.5, 0.95, 10);

/** Recall points 0, .01, …, 1 with the bits of numpy's linspace. */
export const RECALL_POINTS = linspace(0, 1, 101);

/** Detections of an image and class beyond this many, by confidence, do not count. */
export const MAX_DETECTIONS_A_CLASS = 100;

/** Where each detection of an image and class stands, a bit for each IoU threshold; may be longer than they are many. */
export interface ImageMatches {
  /** The detection took a ground truth. */
  readonly matched: Uint16Array;
  /** It counts neither way. */
  readonly ignored: Uint16Array;
  /** The ground truth that it took at IoU .50, or -1. */
  readonly object: Int32Array;
}

/** What becomes of detections where there is no ground truth to match, for as many as can count. */
export const UNMATCHED: ImageMatches = {
  matched: new Uint16Array(MAX_DETECTIONS_A_CLASS),
  ignored: new Uint16Array(MAX_DETECTIONS_A_CLASS),
  object: new Int32Array(MAX_DETECTIONS_A_CLASS).fill(-1),
};

/** Detections and ground truths of one class in one image. */
export interface MatchInput {
  /** Number of detections; they come by descending confidence. */
  readonly detections: number;
  /** Number of ground truths. */
  readonly objects: number;
  /** IoU of every detection with every ground truth, detection by detection. */
  readonly ious: Float64Array;
  /** 1 for each ground truth that is ignored, crowd regions included. */
  readonly ignore: Uint8Array;
  /** 1 for each crowd region: it can be matched many times. */
  readonly crowd: Uint8Array;
  /** 1 for each detection that is ignored when it matches nothing (outside the area range). */
  readonly outside?: Uint8Array;
  /** 1 for each ground truth whose match pycocotools does not see: id 0. */
  readonly unseen?: Uint8Array;
}

/**
 * COCO's greedy matching, for all IoU thresholds.
 *
 * @see pycocotools `cocoeval.py`, `evaluateImg`.
 */
export function matchImage(input: MatchInput): ImageMatches {
  const { detections, objects, ignore, outside, unseen } = input;
  const matched = new Uint16Array(detections);
  const ignored = new Uint16Array(detections);
  const object = new Int32Array(detections).fill(-1);
  const rivals = reachable(input);
  const taken = new Uint8Array(objects);
  for (let t = 0; t < IOU_THRESHOLDS.length; t++) {
    taken.fill(0);
    const least = Math.min(IOU_THRESHOLDS[t]!, 1 - 1e-10);
    for (let d = 0; d < detections; d++) {
      const near = rivals[d];
      const best = near ? bestObject(d, least, near, input, taken) : -1;
      if (best >= 0) {
        taken[best] = 1;
        if (ignore[best]) ignored[d]! |= 1 << t;
        if (t === 0) object[d] = best;
      }
      const seen = best >= 0 && !unseen?.[best];
      if (seen) matched[d]! |= 1 << t;
      else if (outside?.[d]) ignored[d]! |= 1 << t;
    }
  }
  return { matched, ignored, object };
}

/** For each detection the ground truths that it reaches at the lowest threshold, those that count first; null where none. */
function reachable({ detections, objects, ious, ignore }: MatchInput): (number[] | null)[] {
  const lists: (number[] | null)[] = [];
  for (let d = 0; d < detections; d++) {
    let near: number[] | null = null;
    for (let g = 0; g < objects; g++) {
      if (ious[d * objects + g]! >= IOU_THRESHOLDS[0]!) (near ??= []).push(g);
    }
    // A match that counts is never given up for one that does not.
    if (near && near.length > 1) near.sort((a, b) => ignore[a]! - ignore[b]! || a - b);
    lists.push(near);
  }
  return lists;
}

function bestObject(
  detection: number,
  threshold: number,
  near: readonly number[],
  { objects, ious, ignore, crowd }: MatchInput,
  taken: Uint8Array,
): number {
  let least = threshold;
  let best = -1;
  for (const g of near) {
    if (taken[g] && !crowd[g]) continue;
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
