import type { Detections, DetectionTable, GroundTruth, TruthTable } from '../boxes/labels.ts';
import { findObjects, type ImageRisk } from './risk.ts';
import { matchCondition } from './score.ts';

/** Moves the labels of an image into the frame of a condition: same rows, same order. */
export type MoveLabels = (image: number, labels: GroundTruth) => GroundTruth;

/**
 * Counts behind the consistency risk of a condition: the risk score without labels. What a model finds on the
 * original images at its operating confidence stands in for the ground truth.
 *
 * F: detections on the original; mapped into the changed frame, those with under a quarter of their area inside
 * are ignored. L: those of them without counterpart (same class, IoU at least .50, one to one, the most confident
 * first). S: detections on the changed image without counterpart.
 *
 * @param clean      Detections on the original images.
 * @param changed    Detections on the changed images.
 * @param confidence Detections at or over it count.
 * @param classCount Length of the data set's class list.
 * @see STATISTICS.md 1.3, "label-free variant".
 */
export function imageConsistency(
  clean: DetectionTable,
  changed: DetectionTable,
  confidence: number,
  classCount: number,
  move: MoveLabels,
): ImageRisk {
  const truth = moveTable(asTruth(atLeast(clean, confidence)), move);
  const strong = atLeast(changed, confidence);
  const { findings } = findObjects(matchCondition(truth, strong, classCount), confidence);
  const images = truth.offsets.length - 1;
  const found = new Int32Array(images);
  const lost = new Int32Array(images);
  const lostObjects: number[] = [];
  for (let image = 0; image < images; image++) {
    for (let row = truth.offsets[image]!; row < truth.offsets[image + 1]!; row++) {
      if (truth.ignored[row]) continue;
      found[image]! += 1;
      if (findings.found[row]) continue;
      lost[image]! += 1;
      lostObjects.push(row);
    }
  }
  const spurious = Int32Array.from(findings.spurious, (rows) => rows.length);
  return { found, lost, spurious, lostObjects };
}

/** The detections at or over a confidence. */
function atLeast(table: DetectionTable, confidence: number): DetectionTable {
  const offsets = new Uint32Array(table.offsets.length);
  const rows: number[] = [];
  for (let image = 0; image + 1 < offsets.length; image++) {
    for (let row = table.offsets[image]!; row < table.offsets[image + 1]!; row++) {
      if (table.confidences[row]! >= confidence) rows.push(row);
    }
    offsets[image + 1] = rows.length;
  }
  return { offsets, ...pick(table, rows) };
}

function pick({ boxes, classes, confidences }: Detections, rows: readonly number[]): Detections {
  return {
    boxes: Float64Array.from(
      { length: 4 * rows.length },
      (_, i) => boxes[4 * rows[i >> 2]! + (i & 3)]!,
    ),
    classes: Int32Array.from(rows, (row) => classes[row]!),
    confidences: Float64Array.from(rows, (row) => confidences[row]!),
  };
}

function asTruth({ offsets, boxes, classes }: DetectionTable): TruthTable {
  const count = classes.length;
  return {
    offsets,
    boxes,
    classes,
    areas: new Float64Array(count),
    crowd: new Uint8Array(count),
    ignored: new Uint8Array(count),
  };
}

function moveTable(table: TruthTable, move: MoveLabels): TruthTable {
  const { offsets, classes, areas, crowd } = table;
  const boxes = Float64Array.from(table.boxes);
  const ignored = new Uint8Array(classes.length);
  for (let image = 0; image + 1 < offsets.length; image++) {
    const [from, to] = [offsets[image]!, offsets[image + 1]!];
    if (from === to) continue;
    const moved = move(image, {
      boxes: table.boxes.subarray(4 * from, 4 * to),
      classes: classes.subarray(from, to),
      areas: areas.subarray(from, to),
      crowd: crowd.subarray(from, to),
      ignored: table.ignored.subarray(from, to),
    });
    boxes.set(moved.boxes, 4 * from);
    ignored.set(moved.ignored, from);
  }
  return { offsets, boxes, classes, areas, crowd, ignored };
}
