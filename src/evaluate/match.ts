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

/** Which detections overlap which ground truths enough to match at the lowest threshold: few do. */
export interface Overlaps {
  /** Rows of the detections that overlap something, ascending: those of an image and class by descending confidence. */
  readonly rows: ArrayLike<number>;
  /** Where the overlaps of each begin, and the end. */
  readonly starts: ArrayLike<number>;
  /** Ground truth of each overlap, those of a detection ascending, and the IoU. */
  readonly objects: ArrayLike<number>;
  readonly ious: ArrayLike<number>;
  /** Detections beyond 100 of their image and class: first and last + 1. They match nothing and count neither way. */
  readonly beyond: readonly (readonly [first: number, end: number])[];
}

/** How the ground truths of some overlaps count. */
export interface Counting {
  /** 1 for each that is ignored, crowd regions included. */
  readonly ignore: ArrayLike<number>;
  /** 1 for each crowd region: it can be matched many times. */
  readonly crowd: ArrayLike<number>;
  /** 1 for each whose match pycocotools does not see: id 0. */
  readonly unseen?: ArrayLike<number>;
}

/** Collects overlaps, detection by detection. */
export interface OverlapList extends Overlaps {
  /** @param row Of a detection, never less than that of the call before. */
  add(row: number, object: number, iou: number): void;
  /** Leaves detections out. */
  skip(first: number, end: number): void;
}

/** An empty list. An IoU under the lowest threshold is not for it. */
export function overlapList(): OverlapList {
  const rows: number[] = [];
  const starts: number[] = [0];
  const objects: number[] = [];
  const ious: number[] = [];
  const beyond: [number, number][] = [];
  return {
    rows,
    starts,
    objects,
    ious,
    beyond,
    add(row, object, iou) {
      if (rows.length === 0 || rows[rows.length - 1] !== row) rows.push(row);
      objects.push(object);
      ious.push(iou);
      starts[rows.length] = objects.length;
    },
    skip: (first, end) => {
      beyond.push([first, end]);
    },
  };
}

/**
 * COCO's greedy matching, for all IoU thresholds.
 *
 * @param rows How many detections there are.
 * @see pycocotools `cocoeval.py`, `evaluateImg`.
 */
export function matchOverlaps(overlaps: Overlaps, rows: number, counting: Counting): Matches {
  const matches = unmatched(rows);
  for (const [first, end] of overlaps.beyond) matches.ignored.fill(ALL_THRESHOLDS, first, end);
  // A bit for each IoU threshold at which the ground truth is taken.
  const taken = new Uint16Array(counting.ignore.length);
  for (let at = 0; at < overlaps.rows.length; at++) {
    const alone = overlaps.starts[at]! + 1 === overlaps.starts[at + 1];
    if (alone) matchOnly(at, overlaps, counting, taken, matches);
    else matchBest(at, overlaps, counting, taken, matches);
  }
  return matches;
}

/** Matches a detection that overlaps one ground truth only, at all thresholds in one go. */
function matchOnly(
  at: number,
  { rows, starts, objects, ious }: Overlaps,
  { ignore, crowd, unseen }: Counting,
  taken: Uint16Array,
  { matched, ignored, object }: Matches,
): void {
  const row = rows[at]!;
  const only = objects[starts[at]!]!;
  let bits = reachedBits(ious[starts[at]!]!);
  if (!crowd[only]) bits &= ~taken[only]!;
  taken[only]! |= bits;
  if (ignore[only]) ignored[row]! |= bits;
  if (bits & 1) object[row] = only;
  if (!unseen?.[only]) matched[row] = bits;
}

/** A bit for each threshold that an IoU reaches. */
function reachedBits(iou: number): number {
  let bits = 0;
  for (let t = 0; t < IOU_THRESHOLDS.length && iou >= leastIou(t); t++) bits |= 1 << t;
  return bits;
}

function leastIou(threshold: number): number {
  return Math.min(IOU_THRESHOLDS[threshold]!, 1 - 1e-10);
}

function matchBest(
  at: number,
  overlaps: Overlaps,
  counting: Counting,
  taken: Uint16Array,
  { matched, ignored, object }: Matches,
): void {
  const row = overlaps.rows[at]!;
  for (let t = 0; t < IOU_THRESHOLDS.length; t++) {
    const bit = 1 << t;
    let best = bestObject(at, t, 0, overlaps, counting, taken);
    // A match that counts is never given up for one that does not.
    if (best < 0) best = bestObject(at, t, 1, overlaps, counting, taken);
    if (best < 0) continue;
    taken[best]! |= bit;
    if (counting.ignore[best]) ignored[row]! |= bit;
    if (t === 0) object[row] = best;
    if (!counting.unseen?.[best]) matched[row]! |= bit;
  }
}

/** The free ground truth that a detection overlaps most, of those that count or those that do not; the last of equals. */
function bestObject(
  at: number,
  threshold: number,
  ignoring: 0 | 1,
  { starts, objects, ious }: Overlaps,
  { ignore, crowd }: Counting,
  taken: Uint16Array,
): number {
  let least = leastIou(threshold);
  let best = -1;
  for (let k = starts[at]!; k < starts[at + 1]!; k++) {
    const object = objects[k]!;
    if ((ignore[object] ? 1 : 0) !== ignoring || ious[k]! < least) continue;
    if (taken[object]! & (1 << threshold) && !crowd[object]) continue;
    least = ious[k]!;
    best = object;
  }
  return best;
}

function linspace(start: number, stop: number, count: number): Float64Array {
  const step = (stop - start) / (count - 1);
  const values = Float64Array.from({ length: count }, (_, i) => i * step + start);
  values[count - 1] = stop;
  return values;
}
