import { averagePrecisions, mean } from './average-precision.ts';
import {
  type CocoData,
  type CocoDetection,
  type CocoObject,
  type CocoPair,
  readCoco,
} from './coco-files.ts';
import {
  ALL_THRESHOLDS,
  IOU_THRESHOLDS,
  matchOverlaps,
  type OverlapList,
  overlapList,
} from './match.ts';
import { descendingOrder, reordered } from './order.ts';

const AREAS = {
  all: [0, 1e10],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const;

const HIGHEST = 100;
const UNDEFINED = -1;

/** The twelve numbers of a COCO evaluation, 0 to 1; -1 where there is no ground truth. */
export interface CocoScore {
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly APs: number;
  readonly APm: number;
  readonly APl: number;
  readonly AR1: number;
  readonly AR10: number;
  readonly AR100: number;
  readonly ARs: number;
  readonly ARm: number;
  readonly ARl: number;
}

/**
 * Scores a results file as pycocotools does.
 *
 * @param truthFile      COCO instances JSON.
 * @param detectionsFile COCO results JSON.
 * @throws GateError when a file is not as it should be.
 * @see pycocotools `cocoeval.py`, `summarize` for boxes.
 */
export async function scoreCoco(truthFile: string, detectionsFile: string): Promise<CocoScore> {
  return scoreCocoData(await readCoco(truthFile, detectionsFile));
}

/** Scores what was read of the two files. */
export function scoreCocoData(data: CocoData): CocoScore {
  const classes = data.categories.map((category) => scoreCategory(data.pairs(category)));
  const average = (of: (scores: CategoryScores) => readonly number[] | null): number => {
    const values = classes.flatMap((scores) => of(scores) ?? []);
    return values.length === 0 ? UNDEFINED : mean(values);
  };
  return {
    AP: average(({ all }) => all && all.precisions),
    AP50: average(({ all }) => all && [all.precisions[0]!]),
    AP75: average(({ all }) => all && [all.precisions[5]!]),
    APs: average(({ small }) => small && small.precisions),
    APm: average(({ medium }) => medium && medium.precisions),
    APl: average(({ large }) => large && large.precisions),
    AR1: average(({ all }) => all && all.recalls(1)),
    AR10: average(({ all }) => all && all.recalls(10)),
    AR100: average(({ all }) => all && all.recalls(HIGHEST)),
    ARs: average(({ small }) => small && small.recalls(HIGHEST)),
    ARm: average(({ medium }) => medium && medium.recalls(HIGHEST)),
    ARl: average(({ large }) => large && large.recalls(HIGHEST)),
  };
}

/** The twelve lines that pycocotools prints. */
export function formatCocoScore(score: CocoScore): string {
  const line = (title: string, iou: string, area: string, most: number, value: number): string =>
    ` ${title} @[ IoU=${iou.padEnd(9)} | area=${area.padStart(6)} | maxDets=${String(most).padStart(3)} ] = ${value.toFixed(3)}`;
  const precision = 'Average Precision  (AP)';
  const recall = 'Average Recall     (AR)';
  return [
    line(precision, '0.50:0.95', 'all', 100, score.AP),
    line(precision, '0.50', 'all', 100, score.AP50),
    line(precision, '0.75', 'all', 100, score.AP75),
    line(precision, '0.50:0.95', 'small', 100, score.APs),
    line(precision, '0.50:0.95', 'medium', 100, score.APm),
    line(precision, '0.50:0.95', 'large', 100, score.APl),
    line(recall, '0.50:0.95', 'all', 1, score.AR1),
    line(recall, '0.50:0.95', 'all', 10, score.AR10),
    line(recall, '0.50:0.95', 'all', 100, score.AR100),
    line(recall, '0.50:0.95', 'small', 100, score.ARs),
    line(recall, '0.50:0.95', 'medium', 100, score.ARm),
    line(recall, '0.50:0.95', 'large', 100, score.ARl),
  ].join('\n');
}

/** Of one category within an area range, a value for each IoU threshold. */
interface AreaScores {
  /** Mean over the recall points. */
  readonly precisions: readonly number[];
  /** @param most Detections of an image that count. */
  recalls(most: number): readonly number[];
}

/** Null where the category has no ground truth in the range. */
type CategoryScores = Readonly<Record<keyof typeof AREAS, AreaScores | null>>;

/** A category in all images: what counts of its detections, those of an image by descending score. */
interface Category {
  readonly objects: readonly CocoObject[];
  readonly found: readonly CocoDetection[];
  /** Of each detection among those of its image. */
  readonly places: readonly number[];
  /** All detections by descending score. */
  readonly order: Uint32Array;
  readonly overlaps: OverlapList;
}

function scoreCategory(pairs: readonly CocoPair[]): CategoryScores {
  const overlaps = overlapList();
  const objects: CocoObject[] = [];
  const found: CocoDetection[] = [];
  const places: number[] = [];
  for (const pair of pairs) {
    const scores = pair.detections.map(({ score }) => score);
    const first = objects.length;
    for (const object of pair.objects) objects.push(object);
    for (const [place, row] of descendingOrder(scores).subarray(0, HIGHEST).entries()) {
      const detection = pair.detections[row]!;
      addOverlaps(detection, found.length, pair.objects, first, overlaps);
      found.push(detection);
      places.push(place);
    }
  }
  const order = descendingOrder(found.map(({ score }) => score));
  const category = { objects, found, places, order, overlaps };
  const score = (range: keyof typeof AREAS): AreaScores | null => scoreArea(category, AREAS[range]);
  return {
    all: score('all'),
    small: score('small'),
    medium: score('medium'),
    large: score('large'),
  };
}

function scoreArea(
  { objects, found, places, order, overlaps }: Category,
  range: readonly [number, number],
): AreaScores | null {
  const rows = found.length;
  const ignore = Uint8Array.from(objects, ({ area, crowd }) =>
    Number(crowd || outside(area, range)),
  );
  let positives = 0;
  for (const flag of ignore) positives += 1 - flag;
  if (positives === 0) return null;
  const { matched, ignored } = matchOverlaps(overlaps, rows, {
    ignore,
    crowd: Uint8Array.from(objects, ({ crowd }) => Number(crowd)),
    unseen: Uint8Array.from(objects, ({ unseen }) => Number(unseen)),
  });
  found.forEach(({ bbox: [, , w, h] }, row) => {
    if (outside(w * h, range)) ignored[row]! |= ALL_THRESHOLDS & ~matched[row]!;
  });
  const precisions = averagePrecisions({
    matched: reordered(matched, order, new Uint16Array(rows)),
    ignored: reordered(ignored, order, new Uint16Array(rows)),
    positives,
  });
  if (!precisions) return null;
  return {
    precisions: [...precisions],
    recalls: (most) =>
      Array.from(IOU_THRESHOLDS, (_, threshold) => {
        let hits = 0;
        for (let row = 0; row < rows; row++) {
          const hit = matched[row]! & ~ignored[row]! & (1 << threshold);
          if (hit && places[row]! < most) hits += 1;
        }
        return hits / positives;
      }),
  };
}

function outside(area: number, [least, most]: readonly [number, number]): boolean {
  return area < least || area > most;
}

/**
 * The overlaps of one detection with the objects of its image.
 *
 * @param first Place of the image's first object among all.
 * @see pycocotools `maskApi.c`, `bbIou`: the same expressions, so that ties at a threshold fall alike.
 */
function addOverlaps(
  { bbox: [dx, dy, dw, dh] }: CocoDetection,
  row: number,
  objects: readonly CocoObject[],
  first: number,
  overlaps: OverlapList,
): void {
  for (let g = 0; g < objects.length; g++) {
    const { bbox, crowd } = objects[g]!;
    const [gx, gy, gw, gh] = bbox;
    const w = Math.min(dx + dw, gx + gw) - Math.max(dx, gx);
    if (w <= 0) continue;
    const h = Math.min(dy + dh, gy + gh) - Math.max(dy, gy);
    if (h <= 0) continue;
    const shared = w * h;
    const iou = shared / (crowd ? dw * dh : dw * dh + gw * gh - shared);
    if (iou >= IOU_THRESHOLDS[0]!) overlaps.add(row, first + g, iou);
  }
}
