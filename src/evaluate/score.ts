import { boxArea, intersection } from '../boxes/boxes.ts';
import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import { averagePrecisions, type ClassMatches, mean } from './average-precision.ts';
import { type ImageMatches, matchImage, MAX_DETECTIONS_A_CLASS, UNMATCHED } from './match.ts';
import { descendingOrder, reordered } from './order.ts';

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

/** Rows of one image and class, with their matches. */
interface MatchedRows {
  readonly image: number;
  /** Rows of the detection table, by descending confidence, at most 100. */
  readonly detections: readonly number[];
  /** Rows of the truth table. */
  readonly objects: readonly number[];
  readonly matches: ImageMatches;
}

/** A condition's tables, matched once: for each class the images that have an object or a detection of it. */
export interface MatchedCondition {
  readonly truth: TruthTable;
  readonly detections: DetectionTable;
  readonly classes: readonly (readonly MatchedRows[])[];
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
): MatchedCondition {
  const classes: MatchedRows[][] = Array.from({ length: classCount }, () => []);
  for (let image = 0; image + 1 < truth.offsets.length; image++) {
    const found = rowsByClass(detections, image, classCount);
    const objects = rowsByClass(truth, image, classCount);
    for (let wanted = 0; wanted < classCount; wanted++) {
      if (found[wanted]!.length === 0 && objects[wanted]!.length === 0) continue;
      classes[wanted]!.push(matchRows(truth, detections, image, found[wanted]!, objects[wanted]!));
    }
  }
  return { truth, detections, classes };
}

function matchRows(
  truth: TruthTable,
  detections: DetectionTable,
  image: number,
  found: number[],
  objects: readonly number[],
): MatchedRows {
  const strongest = sorted(found, detections.confidences).slice(0, MAX_DETECTIONS_A_CLASS);
  if (objects.length === 0) return { image, detections: strongest, objects, matches: UNMATCHED };
  const matches = matchImage({
    detections: strongest.length,
    objects: objects.length,
    ious: pairwiseIou(detections, strongest, truth, objects),
    ignore: Uint8Array.from(objects, (row) => (truth.ignored[row] || truth.crowd[row] ? 1 : 0)),
    crowd: Uint8Array.from(objects, (row) => truth.crowd[row]!),
  });
  return { image, detections: strongest, objects, matches };
}

/** Rows by descending confidence, as run directories have them already. */
function sorted(rows: number[], confidences: Float64Array): number[] {
  const inOrder = rows.every(
    (row, i) => i === 0 || confidences[rows[i - 1]!]! >= confidences[row]!,
  );
  return inOrder ? rows : rows.sort((a, b) => confidences[b]! - confidences[a]! || a - b);
}

/** All matches of a class in the order of the precision-recall curve. */
export function classMatches(
  { truth, detections, classes }: MatchedCondition,
  wanted: number,
): ClassMatches {
  const rows = classes[wanted] ?? [];
  const count = rows.reduce((sum, row) => sum + row.detections.length, 0);
  const confidences = new Float64Array(count);
  const images = new Int32Array(count);
  const matched = new Uint16Array(count);
  const ignored = new Uint16Array(count);
  const positivesOfImage = new Int32Array(truth.offsets.length - 1);
  let at = 0;
  for (const { image, detections: found, objects, matches } of rows) {
    for (let d = 0; d < found.length; d++, at++) {
      matched[at] = matches.matched[d]!;
      ignored[at] = matches.ignored[d]!;
      images[at] = image;
      confidences[at] = detections.confidences[found[d]!]!;
    }
    for (const row of objects) {
      if (!truth.ignored[row] && !truth.crowd[row]) positivesOfImage[image]! += 1;
    }
  }
  // Equal confidences keep the order of images, then of rows.
  const order = descendingOrder(confidences);
  return {
    confidences: reordered(confidences, order, new Float64Array(count)),
    images: reordered(images, order, new Int32Array(count)),
    matched: reordered(matched, order, new Uint16Array(count)),
    ignored: reordered(ignored, order, new Uint16Array(count)),
    positives: positivesOfImage.reduce((sum, positives) => sum + positives, 0),
    positivesOfImage,
  };
}

/** COCO's AP of a condition, equal to pycocotools'. */
export function scoreCondition(condition: MatchedCondition): ConditionScore {
  const precisions = condition.classes.map((_, wanted) =>
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

/** Rows of one image, a list for each class. */
function rowsByClass(
  table: { readonly offsets: Uint32Array; readonly classes: Int32Array },
  image: number,
  classCount: number,
): number[][] {
  const lists: number[][] = Array.from({ length: classCount }, () => []);
  for (let row = table.offsets[image]!; row < table.offsets[image + 1]!; row++) {
    lists[table.classes[row]!]!.push(row);
  }
  return lists;
}

/** IoU of detections with objects, detection by detection. */
export function pairwiseIou(
  detections: DetectionTable,
  found: readonly number[],
  truth: TruthTable,
  objects: readonly number[],
): Float64Array {
  const ious = new Float64Array(found.length * objects.length);
  found.forEach((d, i) => {
    objects.forEach((g, j) => {
      const shared = intersection(detections.boxes, 4 * d, truth.boxes, 4 * g);
      if (shared === 0) return;
      const area = boxArea(detections.boxes, 4 * d);
      // For a crowd region the union is the detection alone, as in pycocotools' maskApi.
      const union = truth.crowd[g] ? area : area + boxArea(truth.boxes, 4 * g) - shared;
      ious[i * objects.length + j] = shared / union;
    });
  });
  return ious;
}
