import { type ClassMatches, mean, precisionCurve } from './average-precision.ts';
import { type CocoData, type CocoDetection, type CocoObject, readCoco } from './coco-files.ts';
import { IOU_THRESHOLDS, matchImage } from './match.ts';

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
  const [all, small, medium, large] = [AREAS.all, AREAS.small, AREAS.medium, AREAS.large].map(
    (range) => evaluateArea(data, range, HIGHEST),
  );
  const [one, ten] = [1, 10].map((most) => evaluateArea(data, AREAS.all, most));
  return {
    AP: all!.precision(),
    AP50: all!.precision(0),
    AP75: all!.precision(5),
    APs: small!.precision(),
    APm: medium!.precision(),
    APl: large!.precision(),
    AR1: one!.recall(),
    AR10: ten!.recall(),
    AR100: all!.recall(),
    ARs: small!.recall(),
    ARm: medium!.recall(),
    ARl: large!.recall(),
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

interface AreaResult {
  /** Mean over classes, recall points and IoU thresholds (or one of them). */
  precision(threshold?: number): number;
  recall(): number;
}

function evaluateArea(data: CocoData, range: readonly [number, number], most: number): AreaResult {
  const curves = data.categories.flatMap((category) => {
    const matches = categoryMatches(data, category, range, most);
    if (matches.positives === 0) return [];
    return [Array.from(IOU_THRESHOLDS, (_, threshold) => precisionCurve(matches, threshold))];
  });
  const average = (values: readonly number[]): number =>
    values.length === 0 ? UNDEFINED : mean(values);
  return {
    precision: (threshold) =>
      average(
        curves.flatMap((of) =>
          (threshold === undefined ? of : [of[threshold]!]).map((curve) => mean(curve.precision)),
        ),
      ),
    recall: () => average(curves.flatMap((of) => of.map((curve) => curve.recall))),
  };
}

function categoryMatches(
  data: CocoData,
  category: number,
  range: readonly [number, number],
  most: number,
): ClassMatches {
  const positivesOfImage = new Int32Array(data.images.length);
  const rows = data.images.flatMap((image, rank) => {
    const objects = data.objects(category, image);
    const found = data
      .detections(category, image)
      .map((detection, order) => ({ detection, order }))
      .sort((a, b) => b.detection.score - a.detection.score || a.order - b.order)
      .map(({ detection }) => detection)
      .slice(0, HIGHEST);
    const ignore = Uint8Array.from(objects, ({ area, crowd }) =>
      Number(crowd || outside(area, range)),
    );
    positivesOfImage[rank] = ignore.filter((flag) => flag === 0).length;
    const matches = matchImage({
      detections: found.length,
      objects: objects.length,
      ious: cocoIous(found, objects),
      ignore,
      crowd: Uint8Array.from(objects, ({ crowd }) => Number(crowd)),
      outside: Uint8Array.from(found, ({ bbox: [, , w, h] }) => Number(outside(w * h, range))),
      unseen: Uint8Array.from(objects, ({ unseen }) => Number(unseen)),
    });
    return found.slice(0, most).map(({ score }, d) => ({
      rank,
      score,
      matched: matches.matched[d]!,
      ignored: matches.ignored[d]!,
    }));
  });
  rows.sort((a, b) => b.score - a.score);
  return {
    confidences: Float64Array.from(rows, ({ score }) => score),
    images: Int32Array.from(rows, ({ rank }) => rank),
    matched: Uint16Array.from(rows, ({ matched }) => matched),
    ignored: Uint16Array.from(rows, ({ ignored }) => ignored),
    positives: positivesOfImage.reduce((sum, count) => sum + count, 0),
    positivesOfImage,
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
