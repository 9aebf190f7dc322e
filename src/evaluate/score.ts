import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import { averagePrecisions, type ClassMatches, mean } from './average-precision.ts';
import { matchOverlaps, type Matches, type Overlaps } from './match.ts';
import { descendingOrder, reordered } from './order.ts';
import { overlapsOf } from './overlaps.ts';
import { groupRows, imagesOf, orderedTable, type RowsByClass, rowsInOrder } from './table.ts';

/** Raised when AP or risk give other numbers for the same detections: such runs are not compared. */
export const METRIC_VERSION = 1;

/** COCO's numbers of one condition, x 100; null without ground truth. */
export interface ConditionScore {
  readonly map: number | null;
  readonly ap50: number | null;
  /** AP@[.50:.95] of each class. */
  readonly classes: readonly (number | null)[];
  /** AP at IoU .50 of each class. */
  readonly classes50: readonly (number | null)[];
}

/** A condition's tables, matched once. */
export interface MatchedCondition {
  readonly truth: TruthTable;
  /** Those of an image class by class, those of a class by descending confidence. */
  readonly detections: DetectionTable;
  /** Of each detection; its object is a row of the truth table. Beyond 100 of an image and class all are ignored. */
  readonly matches: Matches;
  /** Image of each detection. */
  readonly images: Int32Array;
  /** Detections of each class by descending confidence, equal ones by image, then by row. */
  readonly ranked: RowsByClass;
  /** Objects of each class. */
  readonly objects: RowsByClass;
}

/** The same with what it was matched from. */
export interface OverlappedCondition extends MatchedCondition {
  readonly overlaps: Overlaps;
}

/**
 * Matches every image and class of a condition.
 *
 * @param classCount Length of the data set's class list.
 */
export function matchCondition(
  truth: TruthTable,
  detections: DetectionTable,
  classCount: number,
): OverlappedCondition {
  const table = orderedTable(detections, classCount);
  const objects = groupRows(rowsInOrder(truth.classes.length), truth.classes, classCount);
  const overlaps = overlapsOf(truth, table, objects);
  const counting = { ignore: ignoredRows(truth), crowd: truth.crowd };
  const matches = matchOverlaps(overlaps, table.classes.length, counting);
  return { ...rankCondition(truth, table, matches, classCount), overlaps };
}

/** 1 for each ground truth that is ignored, crowd regions included. */
export function ignoredRows({ ignored, crowd }: TruthTable): Uint8Array {
  return ignored.map((value, row) => value | crowd[row]!);
}

/** A condition whose detections, in the order that is told there, are matched already. */
export function rankCondition(
  truth: TruthTable,
  detections: DetectionTable,
  matches: Matches,
  classCount: number,
): MatchedCondition {
  return {
    truth,
    detections,
    matches,
    images: imagesOf(detections.offsets),
    ranked: groupRows(descendingOrder(detections.confidences), detections.classes, classCount),
    objects: groupRows(rowsInOrder(truth.classes.length), truth.classes, classCount),
  };
}

/** All matches of a class in the order of the precision-recall curve. */
export function classMatches(
  { truth, matches, images, ranked, objects }: MatchedCondition,
  wanted: number,
): ClassMatches {
  const rows = ranked.rows.subarray(ranked.starts[wanted], ranked.starts[wanted + 1]);
  const positivesOfImage = new Int32Array(truth.offsets.length - 1);
  let positives = 0;
  let image = 0;
  for (let i = objects.starts[wanted]!; i < objects.starts[wanted + 1]!; i++) {
    const row = objects.rows[i]!;
    while (row >= truth.offsets[image + 1]!) image += 1;
    if (truth.ignored[row] || truth.crowd[row]) continue;
    positivesOfImage[image]! += 1;
    positives += 1;
  }
  return {
    images: reordered(images, rows, new Int32Array(rows.length)),
    matched: reordered(matches.matched, rows, new Uint16Array(rows.length)),
    ignored: reordered(matches.ignored, rows, new Uint16Array(rows.length)),
    positives,
    positivesOfImage,
  };
}

/** COCO's AP of a condition, equal to pycocotools'. */
export function scoreCondition(condition: MatchedCondition): ConditionScore {
  const precisions = Array.from({ length: condition.ranked.starts.length - 1 }, (_, wanted) =>
    averagePrecisions(classMatches(condition, wanted)),
  );
  const defined = precisions.filter((values) => values !== null);
  return {
    map: defined.length > 0 ? 100 * mean(defined.map(mean)) : null,
    ap50: defined.length > 0 ? 100 * mean(defined.map((values) => values[0]!)) : null,
    classes: precisions.map((values) => (values ? 100 * mean(values) : null)),
    classes50: precisions.map((values) => (values ? 100 * values[0]! : null)),
  };
}
