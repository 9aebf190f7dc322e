import { boxArea } from '../boxes/boxes.ts';
import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import { averagePrecisions, mean } from './average-precision.ts';
import { IOU_THRESHOLDS, matchImage, MAX_DETECTIONS_A_CLASS } from './match.ts';
import { descendingOrder } from './order.ts';
import { pairwiseIou } from './score.ts';

/** COCO's area ranges in square pixels, both ends included. */
const SIZES = {
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const;

export type Size = keyof typeof SIZES;

/** The sizes, small first. */
export const sizes = ['small', 'medium', 'large'] as const satisfies readonly Size[];

const EVERYWHERE = (1 << IOU_THRESHOLDS.length) - 1;

/** Whether an area lies in COCO's range of a size. */
export function isOfSize(area: number, size: Size): boolean {
  const [least, most] = SIZES[size];
  return area >= least && area <= most;
}

/**
 * COCO's AP@[.50:.95] of the objects of each size, x 100, the mean over classes: objects of another size are
 * ignored, and so is a detection of another size that matches nothing. Null without objects of that size.
 *
 * @param truth      Sizes go by its `areas`.
 * @param classCount Length of the data set's class list.
 * @see pycocotools `cocoeval.py`, `evaluateImg` with `aRng`: APs, APm and APl.
 */
export function sizePrecisions(
  truth: TruthTable,
  detections: DetectionTable,
  classCount: number,
): Record<Size, number | null> {
  const precisions: Record<Size, number[]> = { small: [], medium: [], large: [] };
  const images = imagesOf(detections.offsets);
  const ranked = rowsByClass(detections, classCount);
  const objects = objectsByClass(truth, classCount);
  for (let wanted = 0; wanted < classCount; wanted++) {
    const of = objects[wanted]!;
    if (of.size === 0) continue;
    const { rows, cells } = cellsOf(ranked[wanted]!, images, of);
    const areas = new Float64Array(rows.length);
    for (let at = 0; at < areas.length; at++) areas[at] = boxArea(detections.boxes, 4 * rows[at]!);
    const reaching = cells.map(({ found, objects: rivals }) =>
      reachingCell(truth, detections, rows, found, rivals),
    );
    for (const size of sizes) {
      const values = averagePrecisions(matchSize(truth, areas, reaching, size));
      if (values) precisions[size].push(mean(values));
    }
  }
  const average = (values: number[]): number | null =>
    values.length > 0 ? 100 * mean(values) : null;
  return {
    small: average(precisions.small),
    medium: average(precisions.medium),
    large: average(precisions.large),
  };
}

/** One class in one image that has objects of it. */
interface Cell {
  /** Places of its detections among those of the class. */
  readonly found: readonly number[];
  /** Rows of the truth table. */
  readonly objects: readonly number[];
}

/** The same without the detections that reach no object at any threshold: most do not. */
interface ReachingCell extends Cell {
  /** IoU of each with each, detection by detection. */
  readonly ious: Float64Array;
}

/**
 * Groups the detections of a class by image.
 *
 * @param ranked Rows of the class by descending confidence.
 * @returns      Of the rows those that count, at most 100 of an image.
 */
function cellsOf(
  ranked: readonly number[],
  images: Int32Array,
  objects: ReadonlyMap<number, readonly number[]>,
): { rows: number[]; cells: Cell[] } {
  const found = new Map<number, number[]>();
  for (const image of objects.keys()) found.set(image, []);
  const seen = new Map<number, number>();
  const rows: number[] = [];
  for (const row of ranked) {
    const image = images[row]!;
    const count = seen.get(image) ?? 0;
    if (count >= MAX_DETECTIONS_A_CLASS) continue;
    seen.set(image, count + 1);
    found.get(image)?.push(rows.length);
    rows.push(row);
  }
  const cells = [...objects].map(([image, of]) => ({ found: found.get(image)!, objects: of }));
  return { rows, cells };
}

function reachingCell(
  truth: TruthTable,
  detections: DetectionTable,
  rows: readonly number[],
  found: readonly number[],
  objects: readonly number[],
): ReachingCell {
  const all = pairwiseIou(
    detections,
    found.map((at) => rows[at]!),
    truth,
    objects,
  );
  const kept: number[] = [];
  const ious: number[] = [];
  for (let d = 0; d < found.length; d++) {
    const own = all.subarray(d * objects.length, (d + 1) * objects.length);
    if (!own.some((iou) => iou >= IOU_THRESHOLDS[0]!)) continue;
    kept.push(found[d]!);
    ious.push(...own);
  }
  return { found: kept, objects, ious: Float64Array.from(ious) };
}

/**
 * What becomes of the detections of a class, and how many of its objects count, at one size.
 *
 * @param areas Of all detections of the class, by descending confidence.
 */
function matchSize(
  truth: TruthTable,
  areas: Float64Array,
  cells: readonly ReachingCell[],
  size: Size,
): { matched: Uint16Array; ignored: Uint16Array; positives: number } {
  const matched = new Uint16Array(areas.length);
  const ignored = new Uint16Array(areas.length);
  for (let at = 0; at < areas.length; at++) {
    if (!isOfSize(areas[at]!, size)) ignored[at] = EVERYWHERE;
  }
  let positives = 0;
  for (const { found, objects, ious } of cells) {
    const ignore = Uint8Array.from(objects, (row) =>
      truth.crowd[row] || truth.ignored[row] || !isOfSize(truth.areas[row]!, size) ? 1 : 0,
    );
    for (const flag of ignore) positives += 1 - flag;
    if (found.length === 0) continue;
    const matches = matchImage({
      detections: found.length,
      objects: objects.length,
      ious,
      ignore,
      crowd: Uint8Array.from(objects, (row) => truth.crowd[row]!),
      outside: Uint8Array.from(found, (at) => (ignored[at] ? 1 : 0)),
    });
    for (let d = 0; d < found.length; d++) {
      matched[found[d]!] = matches.matched[d]!;
      ignored[found[d]!] = matches.ignored[d]!;
    }
  }
  return { matched, ignored, positives };
}

/** Rows of each class by descending confidence; equal ones by image, then by row. */
function rowsByClass({ confidences, classes }: DetectionTable, classCount: number): number[][] {
  const lists = Array.from({ length: classCount }, (): number[] => []);
  for (const row of descendingOrder(confidences)) lists[classes[row]!]!.push(row);
  return lists;
}

/** Rows of each class, image by image. */
function objectsByClass(truth: TruthTable, classCount: number): Map<number, number[]>[] {
  const lists = Array.from({ length: classCount }, () => new Map<number, number[]>());
  for (let image = 0; image + 1 < truth.offsets.length; image++) {
    for (let row = truth.offsets[image]!; row < truth.offsets[image + 1]!; row++) {
      const of = lists[truth.classes[row]!]!;
      const rows = of.get(image);
      if (rows) rows.push(row);
      else of.set(image, [row]);
    }
  }
  return lists;
}

function imagesOf(offsets: Uint32Array): Int32Array {
  const images = new Int32Array(offsets.at(-1) ?? 0);
  for (let image = 0; image + 1 < offsets.length; image++) {
    images.fill(image, offsets[image], offsets[image + 1]);
  }
  return images;
}
