import { averagePrecisions, mean } from './average-precision.ts';
import {
  type CocoData,
  type CocoDetection,
  type CocoObject,
  type CocoPair,
  readCoco,
} from './coco-files.ts';
import { IOU_THRESHOLDS, matchImage, unmatched } from './match.ts';
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

/** A category in one image: what counts of its detections, by descending score. */
interface CocoImage {
  readonly objects: readonly CocoObject[];
  readonly found: readonly CocoDetection[];
  readonly ious: Float64Array;
}

function scoreCategory(pairs: readonly CocoPair[]): CategoryScores {
  const images = pairs.map(({ objects, detections }): CocoImage => {
    const strongest = descendingOrder(detections.map(({ score }) => score)).subarray(0, HIGHEST);
    const found = Array.from(strongest, (row) => detections[row]!);
    return { objects, found, ious: cocoIous(found, objects) };
  });
  const order = descendingOrder(images.flatMap(({ found }) => found.map(({ score }) => score)));
  const places = images.flatMap(({ found }) => [...found.keys()]);
  const score = (range: keyof typeof AREAS): AreaScores | null =>
    scoreArea(images, order, places, AREAS[range]);
  return {
    all: score('all'),
    small: score('small'),
    medium: score('medium'),
    large: score('large'),
  };
}

/**
 * @param order  Of all detections of the category, by descending score.
 * @param places Of each detection among those of its image.
 */
function scoreArea(
  images: readonly CocoImage[],
  order: Uint32Array,
  places: readonly number[],
  range: readonly [number, number],
): AreaScores | null {
  const rows = order.length;
  const matches = unmatched(rows);
  const { matched, ignored } = matches;
  let positives = 0;
  let at = 0;
  for (const { objects, found, ious } of images) {
    const ignore = Uint8Array.from(objects, ({ area, crowd }) =>
      Number(crowd || outside(area, range)),
    );
    for (const flag of ignore) positives += 1 - flag;
    const input = {
      detections: found.length,
      objects: objects.length,
      ious,
      ignore,
      crowd: Uint8Array.from(objects, ({ crowd }) => Number(crowd)),
      outside: Uint8Array.from(found, ({ bbox: [, , w, h] }) => Number(outside(w * h, range))),
      unseen: Uint8Array.from(objects, ({ unseen }) => Number(unseen)),
    };
    matchImage(input, matches, at);
    at += found.length;
  }
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

/** @see pycocotools `maskApi.c`, `bbIou`: the same expressions, so that ties at a threshold fall alike. */
function cocoIous(found: readonly CocoDetection[], objects: readonly CocoObject[]): Float64Array {
  return Float64Array.from({ length: found.length * objects.length }, (_, at) => {
    const [dx, dy, dw, dh] = found[Math.floor(at / objects.length)]!.bbox;
    const { bbox, crowd } = objects[at % objects.length]!;
    const [gx, gy, gw, gh] = bbox;
    const w = Math.min(dx + dw, gx + gw) - Math.max(dx, gx);
    if (w <= 0) return 0;
    const h = Math.min(dy + dh, gy + gh) - Math.max(dy, gy);
    if (h <= 0) return 0;
    const shared = w * h;
    return shared / (crowd ? dw * dh : dw * dh + gw * gh - shared);
  });
}
