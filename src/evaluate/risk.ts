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
export function findObjects<Matched extends MatchedCondition>(
  condition: Matched,
  confidence: number,
): Matched & FoundCondition {
  const { truth, detections, matches, images } = condition;
  const found = new Uint8Array(truth.classes.length);
  const spurious: number[][] = Array.from({ length: truth.offsets.length - 1 }, () => []);
  for (let row = 0; row < images.length; row++) {
    if (detections.confidences[row]! < confidence) continue;
    const object = matches.object[row]!;
    if (object >= 0) found[object] = 1;
    else if (!(matches.ignored[row]! & 1)) spurious[images[row]!]!.push(row);
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
  const [before, after] = [clean.detections, changed.detections];
  const rivals: number[] = [];
  for (const old of clean.findings.spurious[image]!) {
    if (hasClass(now, after, before.classes[old]!)) rivals.push(old);
  }
  if (rivals.length === 0) return now.length;
  const boxes = forward(image, boxesOf(before, rivals));
  const isOld = (row: number): boolean => {
    for (let i = 0; i < rivals.length; i++) {
      if (before.classes[rivals[i]!] !== after.classes[row]) continue;
      if (iou(boxes, 4 * i, after.boxes, 4 * row) >= 0.5) return true;
    }
    return false;
  };
  let count = 0;
  for (const row of now) if (!isOld(row)) count += 1;
  return count;
}

function hasClass(rows: readonly number[], { classes }: DetectionTable, wanted: number): boolean {
  for (const row of rows) if (classes[row] === wanted) return true;
  return false;
}

function boxesOf({ boxes }: DetectionTable, rows: readonly number[]): Float64Array {
  const chosen = new Float64Array(4 * rows.length);
  for (let i = 0; i < chosen.length; i++) chosen[i] = boxes[4 * rows[i >> 2]! + (i & 3)]!;
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
