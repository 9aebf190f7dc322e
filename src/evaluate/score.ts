import { boxArea, intersection } from '../boxes/boxes.ts';
import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import { averagePrecisions, type ClassMatches, mean } from './average-precision.ts';
import { type ImageMatches, matchImage, MAX_DETECTIONS_A_CLASS } from './match.ts';

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
export interface MatchedRows {
  readonly image: number;
  /** Rows of the detection table, by descending confidence, at most 100. */
  readonly detections: readonly number[];
  /** Rows of the truth table. */
  readonly objects: readonly number[];
  readonly matches: ImageMatches;
}

/**
 * Matches every image of a condition for one class.
 *
 * @param wanted Index of the class.
 */
export function matchClass(
  truth: TruthTable,
  detections: DetectionTable,
  wanted: number,
): MatchedRows[] {
  const rows: MatchedRows[] = [];
  for (let image = 0; image + 1 < truth.offsets.length; image++) {
    const found = rowsOfClass(detections, image, wanted)
      .sort((a, b) => detections.confidences[b]! - detections.confidences[a]! || a - b)
      .slice(0, MAX_DETECTIONS_A_CLASS);
    const objects = rowsOfClass(truth, image, wanted);
    if (found.length === 0 && objects.length === 0) continue;
    const ignore = Uint8Array.from(objects, (row) =>
      truth.ignored[row] || truth.crowd[row] ? 1 : 0,
    );
    const crowd = Uint8Array.from(objects, (row) => truth.crowd[row]!);
    const ious = pairwiseIou(detections, found, truth, objects);
    const matches = matchImage({
      detections: found.length,
      objects: objects.length,
      ious,
      ignore,
      crowd,
    });
    rows.push({ image, detections: found, objects, matches });
  }
  return rows;
}

/** All matches of a class in the order of the precision-recall curve. */
export function classMatches(
  truth: TruthTable,
  detections: DetectionTable,
  wanted: number,
): ClassMatches {
  const rows = matchClass(truth, detections, wanted);
  const flat = rows.flatMap(({ image, detections: found, matches }) =>
    found.map((row, d) => ({
      image,
      confidence: detections.confidences[row]!,
      matched: matches.matched[d]!,
      ignored: matches.ignored[d]!,
    })),
  );
  // Stable: equal confidences keep the order of images, then of rows.
  flat.sort((a, b) => b.confidence - a.confidence);
  const positivesOfImage = new Int32Array(truth.offsets.length - 1);
  for (const { image, objects } of rows) {
    positivesOfImage[image] = objects.filter(
      (row) => !truth.ignored[row] && !truth.crowd[row],
    ).length;
  }
  return {
    confidences: Float64Array.from(flat, ({ confidence }) => confidence),
    images: Int32Array.from(flat, ({ image }) => image),
    matched: Uint16Array.from(flat, ({ matched }) => matched),
    ignored: Uint16Array.from(flat, ({ ignored }) => ignored),
    positives: positivesOfImage.reduce((sum, count) => sum + count, 0),
    positivesOfImage,
  };
}

/**
 * COCO's AP of a condition, equal to pycocotools'.
 *
 * @param classCount Length of the data set's class list.
 */
export function scoreCondition(
  truth: TruthTable,
  detections: DetectionTable,
  classCount: number,
): ConditionScore {
  const precisions = Array.from({ length: classCount }, (_, wanted) =>
    averagePrecisions(classMatches(truth, detections, wanted)),
  );
  const defined = precisions.filter((values) => values !== null);
  return {
    map: defined.length > 0 ? 100 * mean(defined.map(mean)) : null,
    ap50: defined.length > 0 ? 100 * mean(defined.map((values) => values[0]!)) : null,
    classes: precisions.map((values) => (values ? 100 * mean(values) : null)),
    classes50: precisions.map((values) => (values ? 100 * values[0]! : null)),
  };
}

function rowsOfClass(
  table: { readonly offsets: Uint32Array; readonly classes: Int32Array },
  image: number,
  wanted: number,
): number[] {
  const rows: number[] = [];
  for (let row = table.offsets[image]!; row < table.offsets[image + 1]!; row++) {
    if (table.classes[row] === wanted) rows.push(row);
  }
  return rows;
}

function pairwiseIou(
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
