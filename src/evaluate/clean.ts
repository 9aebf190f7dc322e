import type { DetectionTable, Detections, GroundTruth, TruthTable } from '../boxes/labels.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { matchCondition, scoreCondition } from './score.ts';

/** A model on some clean images. */
export interface CleanScore {
  readonly images: number;
  /** mAP x 100; null without ground truth. */
  readonly map: number | null;
  /** AP x 100 of each class. */
  readonly classes: readonly (number | null)[];
  /** The same when every class counts as one: high where boxes are right and names are wrong. */
  readonly anyClass: number | null;
}

/**
 * Scores the first images of a data set.
 *
 * @param found Detections of as many images, in rank order.
 */
export function scoreClean(dataset: Dataset, found: readonly Detections[]): CleanScore {
  const truth = truthTable(
    dataset.samples.slice(0, found.length).map(({ groundTruth }) => groundTruth),
  );
  const detections = detectionTable(found);
  const asOne = matchCondition(
    { ...truth, classes: new Int32Array(truth.classes.length) },
    { ...detections, classes: new Int32Array(detections.classes.length) },
    1,
  );
  const { map, classes } = scoreCondition(
    matchCondition(truth, detections, dataset.classes.length),
  );
  return {
    images: found.length,
    map,
    classes,
    anyClass: scoreCondition(asOne).map,
  };
}

function truthTable(images: readonly GroundTruth[]): TruthTable {
  return {
    offsets: offsetsOf(images),
    boxes: Float64Array.from(images.flatMap(({ boxes }) => [...boxes])),
    classes: Int32Array.from(images.flatMap(({ classes }) => [...classes])),
    areas: Float64Array.from(images.flatMap(({ areas }) => [...areas])),
    crowd: Uint8Array.from(images.flatMap(({ crowd }) => [...crowd])),
    ignored: Uint8Array.from(images.flatMap(({ ignored }) => [...ignored])),
  };
}

function detectionTable(images: readonly Detections[]): DetectionTable {
  return {
    offsets: offsetsOf(images),
    boxes: Float64Array.from(images.flatMap(({ boxes }) => [...boxes])),
    classes: Int32Array.from(images.flatMap(({ classes }) => [...classes])),
    confidences: Float64Array.from(images.flatMap(({ confidences }) => [...confidences])),
  };
}

function offsetsOf(images: readonly { readonly classes: Int32Array }[]): Uint32Array {
  let at = 0;
  return Uint32Array.of(0, ...images.map(({ classes }) => (at += classes.length)));
}

/** A table's detections image by image, as a predictor gives them. */
export function detectionsByImage({
  offsets,
  boxes,
  classes,
  confidences,
}: DetectionTable): Detections[] {
  return Array.from(offsets.subarray(1), (end, image) => {
    const start = offsets[image]!;
    return {
      boxes: boxes.slice(4 * start, 4 * end),
      classes: classes.slice(start, end),
      confidences: confidences.slice(start, end),
    };
  });
}
