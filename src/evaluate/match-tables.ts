import { boxArea, intersection } from '../boxes/boxes.ts';
import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import {
  ALL_THRESHOLDS,
  IOU_THRESHOLDS,
  type Matches,
  matchImage,
  MAX_DETECTIONS_A_CLASS,
  unmatched,
} from './match.ts';

/** Room for one class in one image, used again for the next: allocating it each time took most of the time. */
interface Room {
  readonly ious: number[];
  readonly ignore: number[];
  readonly crowd: number[];
}

/**
 * Matches all images and classes of two tables.
 *
 * @param detections Image by image, class by class, by descending confidence.
 * @returns          Their objects are rows of the truth table; beyond 100 of an image and class all are ignored.
 */
export function matchTables(
  truth: TruthTable,
  detections: DetectionTable,
  classCount: number,
): Matches {
  const matches = unmatched(detections.classes.length);
  const room: Room = { ious: [], ignore: [], crowd: [] };
  const objectsOf = Array.from({ length: classCount }, (): number[] => []);
  for (let image = 0; image + 1 < truth.offsets.length; image++) {
    const [from, to] = [truth.offsets[image]!, truth.offsets[image + 1]!];
    for (let row = from; row < to; row++) objectsOf[truth.classes[row]!]!.push(row);
    const end = detections.offsets[image + 1]!;
    for (let first = detections.offsets[image]!, next = first; first < end; first = next) {
      const wanted = detections.classes[first]!;
      while (next < end && detections.classes[next] === wanted) next += 1;
      const last = Math.min(next, first + MAX_DETECTIONS_A_CLASS);
      if (last < next) matches.ignored.fill(ALL_THRESHOLDS, last, next);
      matchRows(truth, detections, first, last, objectsOf[wanted]!, room, matches);
    }
    for (let row = from; row < to; row++) objectsOf[truth.classes[row]!]!.length = 0;
  }
  return matches;
}

/** Matches the detections of one image and class, rows `first` to `last` - 1, with its objects. */
function matchRows(
  truth: TruthTable,
  detections: DetectionTable,
  first: number,
  last: number,
  objects: readonly number[],
  room: Room,
  { matched, ignored, object }: Matches,
): void {
  if (objects.length === 0) return;
  if (!fillIous(truth, detections, first, last, objects, room.ious)) return;
  for (let g = 0; g < objects.length; g++) {
    const row = objects[g]!;
    room.crowd[g] = truth.crowd[row]!;
    room.ignore[g] = truth.ignored[row] || truth.crowd[row] ? 1 : 0;
  }
  const input = { detections: last - first, objects: objects.length, ...room };
  matchImage(input, { matched, ignored, object }, first);
  for (let d = first; d < last; d++) {
    if (object[d]! >= 0) object[d] = objects[object[d]!]!;
  }
}

/** IoU of every detection with every object; false where no two can match. */
function fillIous(
  truth: TruthTable,
  { boxes }: DetectionTable,
  first: number,
  last: number,
  objects: readonly number[],
  ious: number[],
): boolean {
  let reached = false;
  let at = 0;
  for (let d = first; d < last; d++) {
    const area = boxArea(boxes, 4 * d);
    for (let g = 0; g < objects.length; g++, at++) {
      const row = objects[g]!;
      const shared = intersection(boxes, 4 * d, truth.boxes, 4 * row);
      // For a crowd region the union is the detection alone, as in pycocotools' maskApi.
      const union = truth.crowd[row] ? area : area + boxArea(truth.boxes, 4 * row) - shared;
      const iou = shared === 0 ? 0 : shared / union;
      ious[at] = iou;
      if (iou >= IOU_THRESHOLDS[0]!) reached = true;
    }
  }
  return reached;
}
