import type { RiskCounts } from '../baseline/manifest.ts';
import { iou } from '../boxes/boxes.ts';
import type { DetectionTable } from '../boxes/labels.ts';
import type { MatchedCondition } from './score.ts';

/** What a model finds in the images of one condition at its operating confidence. */
interface Findings {
  /** 1 for each row of the truth table that is found at IoU .50. */
  readonly found: Uint8Array;
  /** Rows of the detection table that are false, image by image. */
  readonly spurious: readonly (readonly number[])[];
}

/** Counts of a condition, image by image. */
export interface ImageRisk {
  readonly found: Int32Array;
  readonly lost: Int32Array;
  readonly spurious: Int32Array;
  /** Rows of the truth table that are lost. */
  readonly lostObjects: readonly number[];
}

/** A condition with what a model finds there. */
export interface FoundCondition extends MatchedCondition {
  readonly findings: Findings;
}

/** Which objects are found and which detections are false, at or over a confidence. */
export function findObjects(condition: MatchedCondition, confidence: number): FoundCondition {
  const { truth, detections, classes } = condition;
  const found = new Uint8Array(truth.classes.length);
  const spurious: number[][] = Array.from({ length: truth.offsets.length - 1 }, () => []);
  for (const rows of classes.flat()) {
    rows.detections.forEach((row, d) => {
      if (detections.confidences[row]! < confidence) return;
      const object = rows.matches.object[d]!;
      if (object >= 0) found[rows.objects[object]!] = 1;
      else if (!(rows.matches.ignored[d]! & 1)) spurious[rows.image]!.push(row);
    });
  }
  return { ...condition, findings: { found, spurious } };
}

/**
 * Counts behind the risk score of a condition.
 *
 * F: objects found on the original that still exist in the changed image. L: those of them not found there.
 * S: false detections there without a counterpart (same class, IoU at least .50) among the original's false
 * detections, mapped forward.
 *
 * @param changed Its truth has the same rows as the clean one's.
 * @param forward Maps boxes of an image into the changed frame.
 */
export function imageRisk(
  clean: FoundCondition,
  changed: FoundCondition,
  forward: (image: number, boxes: Float64Array) => Float64Array,
): ImageRisk {
  const images = clean.truth.offsets.length - 1;
  const found = new Int32Array(images);
  const lost = new Int32Array(images);
  const spurious = new Int32Array(images);
  const lostObjects: number[] = [];
  for (let image = 0; image < images; image++) {
    for (let row = clean.truth.offsets[image]!; row < clean.truth.offsets[image + 1]!; row++) {
      if (!clean.findings.found[row] || clean.truth.ignored[row] || clean.truth.crowd[row])
        continue;
      if (changed.truth.ignored[row]) continue;
      found[image]! += 1;
      if (changed.findings.found[row]) continue;
      lost[image]! += 1;
      lostObjects.push(row);
    }
    spurious[image] = newFalse(image, clean, changed, forward);
  }
  return { found, lost, spurious, lostObjects };
}

function newFalse(
  image: number,
  clean: FoundCondition,
  changed: FoundCondition,
  forward: (image: number, boxes: Float64Array) => Float64Array,
): number {
  const now = changed.findings.spurious[image]!;
  const classOf = changed.detections.classes;
  const rivals = clean.findings.spurious[image]!.filter((old) =>
    now.some((row) => classOf[row] === clean.detections.classes[old]),
  );
  if (rivals.length === 0) return now.length;
  const boxes = forward(image, boxesOf(clean.detections, rivals));
  return now.filter(
    (row) =>
      !rivals.some(
        (old, i) =>
          clean.detections.classes[old] === classOf[row] &&
          iou(boxes, 4 * i, changed.detections.boxes, 4 * row) >= 0.5,
      ),
  ).length;
}

function boxesOf({ boxes }: DetectionTable, rows: readonly number[]): Float64Array {
  const chosen = new Float64Array(4 * rows.length);
  rows.forEach((row, i) => chosen.set(boxes.subarray(4 * row, 4 * row + 4), 4 * i));
  return chosen;
}

/** Sums over images. */
export function riskCounts(risk: ImageRisk): RiskCounts {
  const sum = (values: Int32Array): number => values.reduce((total, value) => total + value, 0);
  return { found: sum(risk.found), lost: sum(risk.lost), spurious: sum(risk.spurious) };
}

/** The risk score, 0 to 100: lost and spurious among all that should have stayed as it was. */
export function riskScore({ found, lost, spurious }: RiskCounts): number {
  const all = found + spurious;
  return all === 0 ? 0 : (100 * (lost + spurious)) / all;
}
