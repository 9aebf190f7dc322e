import type { Detections, DetectionTable, TruthTable } from '../boxes/labels.ts';
import { moveGroundTruth } from '../boxes/move.ts';
import type { Warp } from '../boxes/warp.ts';
import { matchOverlaps } from './match.ts';
import { reordered } from './order.ts';
import { overlapsOf } from './overlaps.ts';
import type { ImageRisk } from './risk.ts';
import { groupRows, orderedTable, type RowsByClass, rowsInOrder } from './table.ts';

/** How the points of an image move under a condition; null where they stay. */
export type WarpOf = (image: number) => Warp | null;

/** What a model finds on the original images: it stands in for the ground truth. */
export interface Expected {
  readonly truth: TruthTable;
  readonly objects: RowsByClass;
}

/**
 * What is found on the original images at an operating confidence.
 *
 * @param confidence Detections at or over it count.
 * @param classCount Length of the data set's class list.
 */
export function expectedOf(
  clean: DetectionTable,
  confidence: number,
  classCount: number,
): Expected {
  const truth = asTruth(atLeast(clean, confidence));
  const objects = groupRows(rowsInOrder(truth.classes.length), truth.classes, classCount);
  return { truth, objects };
}

/**
 * Counts behind the consistency risk of a condition: the risk score without labels.
 *
 * F: what was found on the original; mapped into the changed frame, those with under a quarter of their area inside
 * are ignored. L: those of them without counterpart (same class, IoU at least .50, one to one, the most confident
 * first). S: detections on the changed image without counterpart.
 *
 * @param changed    Detections on the changed images.
 * @param confidence Detections at or over it count.
 * @see STATISTICS.md 1.3, "label-free variant".
 */
export function imageConsistency(
  { truth: original, objects }: Expected,
  changed: DetectionTable,
  confidence: number,
  warpOf: WarpOf,
): ImageRisk {
  const truth = moveTable(original, warpOf);
  const strong = orderedTable(atLeast(changed, confidence), objects.starts.length - 1);
  const rows = strong.classes.length;
  const overlaps = overlapsOf(truth, strong, objects);
  const { object, ignored } = matchOverlaps(overlaps, rows, {
    ignore: truth.ignored,
    crowd: truth.crowd,
  });
  const images = truth.offsets.length - 1;
  const [found, lost] = [new Int32Array(images), new Int32Array(images)];
  const spurious = new Int32Array(images);
  const lostObjects: number[] = [];
  const kept = new Uint8Array(truth.classes.length);
  for (let row = 0; row < rows; row++) if (object[row]! >= 0) kept[object[row]!] = 1;
  for (let image = 0; image < images; image++) {
    for (let row = truth.offsets[image]!; row < truth.offsets[image + 1]!; row++) {
      if (truth.ignored[row]) continue;
      found[image]! += 1;
      if (kept[row]) continue;
      lost[image]! += 1;
      lostObjects.push(row);
    }
    for (let row = strong.offsets[image]!; row < strong.offsets[image + 1]!; row++) {
      if (object[row]! < 0 && !(ignored[row]! & 1)) spurious[image]! += 1;
    }
  }
  return { found, lost, spurious, lostObjects };
}

/** The detections at or over a confidence. */
function atLeast(table: DetectionTable, confidence: number): DetectionTable {
  const { confidences } = table;
  const offsets = new Uint32Array(table.offsets.length);
  const rows = new Uint32Array(confidences.length);
  let count = 0;
  for (let image = 0; image + 1 < offsets.length; image++) {
    for (let row = table.offsets[image]!; row < table.offsets[image + 1]!; row++) {
      if (confidences[row]! >= confidence) rows[count++] = row;
    }
    offsets[image + 1] = count;
  }
  return { offsets, ...pick(table, rows.subarray(0, count)) };
}

function pick(from: Detections, rows: Uint32Array): Detections {
  const boxes = new Float64Array(4 * rows.length);
  for (let i = 0; i < boxes.length; i++) boxes[i] = from.boxes[4 * rows[i >> 2]! + (i & 3)]!;
  return {
    boxes,
    classes: reordered(from.classes, rows, new Int32Array(rows.length)),
    confidences: reordered(from.confidences, rows, new Float64Array(rows.length)),
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

/** The table in the changed frame; the same where no image moves. */
function moveTable(table: TruthTable, warpOf: WarpOf): TruthTable {
  const { offsets, classes, areas, crowd } = table;
  let moved: TruthTable | null = null;
  for (let image = 0; image + 1 < offsets.length; image++) {
    const [from, to] = [offsets[image]!, offsets[image + 1]!];
    const warp = from < to ? warpOf(image) : null;
    if (!warp) continue;
    moved ??= {
      ...table,
      boxes: Float64Array.from(table.boxes),
      ignored: Uint8Array.from(table.ignored),
    };
    const labels = {
      boxes: table.boxes.subarray(4 * from, 4 * to),
      classes: classes.subarray(from, to),
      areas: areas.subarray(from, to),
      crowd: crowd.subarray(from, to),
      ignored: table.ignored.subarray(from, to),
    };
    const { boxes, ignored } = moveGroundTruth(labels, [], warp);
    moved.boxes.set(boxes, 4 * from);
    moved.ignored.set(ignored, from);
  }
  return moved ?? table;
}
