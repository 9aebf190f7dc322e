import { boxArea } from '../boxes/boxes.ts';
import type { TruthTable } from '../boxes/labels.ts';
import { averagePrecisions, mean } from './average-precision.ts';
import {
  ALL_THRESHOLDS,
  IOU_THRESHOLDS,
  matchImage,
  MAX_DETECTIONS_A_CLASS,
  unmatched,
} from './match.ts';
import { fillIous } from './match-tables.ts';
import type { MatchedCondition } from './score.ts';

/** COCO's area ranges in square pixels, both ends included. */
const SIZES = {
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const;

export type Size = keyof typeof SIZES;

/** The sizes, small first. */
export const sizes = ['small', 'medium', 'large'] as const satisfies readonly Size[];

/** Whether an area lies in COCO's range of a size. */
export function isOfSize(area: number, size: Size): boolean {
  const [least, most] = SIZES[size];
  return area >= least && area <= most;
}

/**
 * COCO's AP@[.50:.95] of the objects of each size, x 100, the mean over classes: objects of another size are
 * ignored, and so is a detection of another size that matches nothing. Null without objects of that size.
 *
 * @param condition The size of an object goes by its `areas`.
 * @see pycocotools `cocoeval.py`, `evaluateImg` with `aRng`: APs, APm and APl.
 */
export function sizePrecisions(condition: MatchedCondition): Record<Size, number | null> {
  const { truth, detections, ranked } = condition;
  const precisions: Record<Size, number[]> = { small: [], medium: [], large: [] };
  for (let wanted = 0; wanted + 1 < ranked.starts.length; wanted++) {
    const objects = objectsOfImages(condition, wanted);
    if (objects.size === 0) continue;
    const { rows, cells } = cellsOf(condition, wanted, objects);
    const areas = new Float64Array(rows.length);
    for (let at = 0; at < areas.length; at++) areas[at] = boxArea(detections.boxes, 4 * rows[at]!);
    for (const size of sizes) {
      const values = averagePrecisions(matchSize(truth, areas, cells, size));
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

/** One class in one image that has objects of it, without the detections that reach none at any threshold. */
interface Cell {
  /** Places of its detections among those of the class. */
  readonly found: readonly number[];
  /** Rows of the truth table. */
  readonly objects: readonly number[];
  /** IoU of each with each, detection by detection. */
  readonly ious: readonly number[];
}

/**
 * Groups the detections of a class by image.
 *
 * @param objects Rows of the class's objects, image by image.
 * @returns       Of the detections the rows that count, at most 100 of an image, by descending confidence.
 */
function cellsOf(
  { truth, detections, images, ranked }: MatchedCondition,
  wanted: number,
  objects: ReadonlyMap<number, readonly number[]>,
): { rows: number[]; cells: Cell[] } {
  const places = new Map<number, number[]>();
  const rows: number[] = [];
  for (let i = ranked.starts[wanted]!; i < ranked.starts[wanted + 1]!; i++) {
    const row = ranked.rows[i]!;
    let own = places.get(images[row]!);
    if (!own) places.set(images[row]!, (own = []));
    if (own.length >= MAX_DETECTIONS_A_CLASS) continue;
    own.push(rows.length);
    rows.push(row);
  }
  const cells = [...objects].map(([image, of]): Cell => {
    const found = places.get(image) ?? [];
    const ious: number[] = [];
    // Rows of an image and class follow one another by descending confidence.
    const first = rows[found[0] ?? 0] ?? 0;
    if (!fillIous(truth, detections, first, first + found.length, of, ious))
      return { found: [], objects: of, ious: [] };
    return reaching(found, of, ious);
  });
  return { rows, cells };
}

function reaching(
  found: readonly number[],
  objects: readonly number[],
  ious: readonly number[],
): Cell {
  const rowOf = (d: number): readonly number[] =>
    ious.slice(d * objects.length, (d + 1) * objects.length);
  const kept = [...found.keys()].filter((d) => rowOf(d).some((iou) => iou >= IOU_THRESHOLDS[0]!));
  return { found: kept.map((d) => found[d]!), objects, ious: kept.flatMap(rowOf) };
}

/**
 * What becomes of the detections of a class, and how many of its objects count, at one size.
 *
 * @param areas Of all detections of the class, by descending confidence.
 */
function matchSize(
  truth: TruthTable,
  areas: Float64Array,
  cells: readonly Cell[],
  size: Size,
): { matched: Uint16Array; ignored: Uint16Array; positives: number } {
  const matched = new Uint16Array(areas.length);
  const ignored = new Uint16Array(areas.length);
  for (let at = 0; at < areas.length; at++) {
    if (!isOfSize(areas[at]!, size)) ignored[at] = ALL_THRESHOLDS;
  }
  let positives = 0;
  for (const { found, objects, ious } of cells) {
    const ignore = Uint8Array.from(objects, (row) =>
      truth.crowd[row] || truth.ignored[row] || !isOfSize(truth.areas[row]!, size) ? 1 : 0,
    );
    for (const flag of ignore) positives += 1 - flag;
    if (found.length === 0) continue;
    const matches = unmatched(found.length);
    const input = {
      detections: found.length,
      objects: objects.length,
      ious,
      ignore,
      crowd: Uint8Array.from(objects, (row) => truth.crowd[row]!),
      outside: Uint8Array.from(found, (at) => (ignored[at] ? 1 : 0)),
    };
    matchImage(input, matches, 0);
    for (let d = 0; d < found.length; d++) {
      matched[found[d]!] = matches.matched[d]!;
      ignored[found[d]!] = matches.ignored[d]!;
    }
  }
  return { matched, ignored, positives };
}

/** Rows of a class's objects, image by image. */
function objectsOfImages(
  { truth, objects }: MatchedCondition,
  wanted: number,
): Map<number, number[]> {
  const ofImage = new Map<number, number[]>();
  let image = 0;
  for (let i = objects.starts[wanted]!; i < objects.starts[wanted + 1]!; i++) {
    const row = objects.rows[i]!;
    while (row >= truth.offsets[image + 1]!) image += 1;
    const rows = ofImage.get(image);
    if (rows) rows.push(row);
    else ofImage.set(image, [row]);
  }
  return ofImage;
}
