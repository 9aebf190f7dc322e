import { boxArea, intersection } from '../boxes/boxes.ts';
import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import { IOU_THRESHOLDS, MAX_DETECTIONS_A_CLASS, type OverlapList, overlapList } from './match.ts';
import type { RowsByClass } from './table.ts';

/**
 * Finds what can match in two tables, all images and classes.
 *
 * @param detections Image by image, class by class, by descending confidence.
 * @param objects    Rows of the truth table.
 */
export function overlapsOf(
  truth: TruthTable,
  detections: DetectionTable,
  { rows, starts }: RowsByClass,
): OverlapList {
  const overlaps = overlapList();
  const { classes, offsets } = detections;
  const at = starts.slice();
  for (let image = 0; image + 1 < offsets.length; image++) {
    const [from, to] = [truth.offsets[image]!, truth.offsets[image + 1]!];
    const end = offsets[image + 1]!;
    for (let first = offsets[image]!, next = first; first < end; first = next) {
      const wanted = classes[first]!;
      while (next < end && classes[next] === wanted) next += 1;
      const last = Math.min(next, first + MAX_DETECTIONS_A_CLASS);
      if (last < next) overlaps.skip(last, next);
      // Images come in order, and so do the rows of a class.
      let begin = at[wanted]!;
      while (begin < starts[wanted + 1]! && rows[begin]! < from) begin += 1;
      let stop = begin;
      while (stop < starts[wanted + 1]! && rows[stop]! < to) stop += 1;
      at[wanted] = stop;
      if (begin < stop) {
        addOverlaps(truth, detections, first, last, rows.subarray(begin, stop), overlaps);
      }
    }
  }
  return overlaps;
}

/** The overlaps of one image and class: detections `first` to `last` - 1 with some objects. */
function addOverlaps(
  truth: TruthTable,
  { boxes }: DetectionTable,
  first: number,
  last: number,
  objects: Uint32Array,
  overlaps: OverlapList,
): void {
  for (let d = first; d < last; d++) {
    for (let g = 0; g < objects.length; g++) {
      const row = objects[g]!;
      const shared = intersection(boxes, 4 * d, truth.boxes, 4 * row);
      if (shared === 0) continue;
      const area = boxArea(boxes, 4 * d);
      // For a crowd region the union is the detection alone, as in pycocotools' maskApi.
      const union = truth.crowd[row] ? area : area + boxArea(truth.boxes, 4 * row) - shared;
      const iou = shared / union;
      if (iou >= IOU_THRESHOLDS[0]!) overlaps.add(d, row, iou);
    }
  }
}
