import { iou } from '../boxes/boxes.ts';
import type { Detections } from '../boxes/labels.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { GateError, type Problem } from '../errors.ts';
import { decodeImage } from '../image/codec.ts';
import type { OnnxOptions } from '../predict/onnx/options.ts';
import { mapClasses } from '../predict/classes.ts';
import { openPredictor } from '../predict/open.ts';
import type { PredictorContext, Preprocess } from '../predict/predictor.ts';
import { mean } from './average-precision.ts';
import { type CleanScore, scoreClean } from './clean.ts';
import type { CheckClean } from './evaluate.ts';
import { preprocessVariants, preprocessWords } from './variants.ts';

/** A model under this mAP on clean images is set up wrongly more often than it is bad. */
export const LEAST_CLEAN = 5;
/** Another setting fits better when it has this mAP, and so many times the one that was set. */
const FITS = { map: 10, times: 2 };
/** Images that other settings are tried on. */
const TRIED = 12;
/** What a class is called at least so often, and in what share, is what it is. */
const CONFUSED = { least: 3, share: 0.7 };

export interface SetupCheck {
  readonly dataset: Dataset;
  readonly predictor: OnnxOptions;
  /** The model's class names. */
  readonly names: readonly string[];
  /** How images were fed. */
  readonly preprocess: Preprocess;
  /** What a predictor needs besides. */
  readonly context: Omit<PredictorContext, 'classes'>;
  /** The baseline's mAP on clean images, x 100; null without one. */
  readonly baseline: number | null;
}

/**
 * Whether a model that finds next to nothing on clean images, or less than half of what the baseline does, is set up wrongly:
 * another resizing, colour order, scale or class order is tried. A model that is only bad is none of it.
 *
 * @param found Detections in the first clean images.
 * @returns     What would fit better; null when all is well or nothing else fits.
 */
export async function findWrongSetup(
  check: SetupCheck,
  found: readonly Detections[],
): Promise<Problem | null> {
  const { dataset, baseline } = check;
  const score = scoreClean(dataset, found);
  const own = ownMap(score, check);
  if (score.map === null || own === null) return null;
  const low = own < LEAST_CLEAN || (baseline !== null && score.map < baseline / FITS.times);
  if (!low) return null;
  return wrongClasses(dataset, found, score) ?? (await wrongPixels(check, found));
}

/** mAP over the classes that the model has: those that it lacks tell nothing of its settings. */
function ownMap({ classes }: CleanScore, { dataset, predictor, names }: SetupCheck): number | null {
  const { map } = mapClasses(names, dataset.classes, predictor.classes);
  const known = classes.filter((ap, index) => ap !== null && map.includes(index));
  return known.length > 0 ? mean(known.map((ap) => ap ?? 0)) : null;
}

/**
 * @param check Null for a model that is fed elsewhere: no setting of ours could be wrong.
 * @throws GateError, when called with the first clean images, saying which setting would fit better.
 */
export function stopWrongSetup(check: SetupCheck | null): CheckClean {
  return async (found) => {
    const problem = check && (await findWrongSetup(check, found));
    if (problem) throw new GateError('config', problem);
  };
}

function fitsBetter(other: number | null, own: number): boolean {
  return other !== null && other >= FITS.map && other >= FITS.times * own;
}

/** Right boxes of the wrong classes: the names are in another order. */
function wrongClasses(
  dataset: Dataset,
  found: readonly Detections[],
  { images, map, anyClass }: CleanScore,
): Problem | null {
  if (!fitsBetter(anyClass, map ?? 0)) return null;
  const swaps = confusions(dataset, found);
  if (swaps.length === 0) return null;
  return {
    message: `on ${images} clean images the boxes are right (AP ${anyClass?.toFixed(1)} whatever the class) but the classes are not (mAP ${map?.toFixed(1)}): ${swaps.join('; ')}`,
    fix: 'put predictor.names in the model’s order, or map them with predictor.classes',
  };
}

/** What the strongest box on each object calls it, where that is mostly another class. */
function confusions({ classes, samples }: Dataset, found: readonly Detections[]): string[] {
  const counts = classes.map(() => classes.map(() => 0));
  for (const [rank, detections] of found.entries()) {
    const truth = samples[rank]!.groundTruth;
    for (const [object, of] of truth.classes.entries()) {
      const best = detections.classes.findIndex(
        (_, row) => iou(detections.boxes, 4 * row, truth.boxes, 4 * object) >= 0.5,
      );
      if (best >= 0) counts[of]![detections.classes[best]!]! += 1;
    }
  }
  return counts.flatMap((row, of) => {
    const most = Math.max(...row);
    const called = row.indexOf(most);
    const total = row.reduce((sum, count) => sum + count, 0);
    // A class that is called right takes what looks like it, where the model lacks the class that it is.
    const right = counts[called]![called]! > counts[called]!.reduce((sum, n) => sum + n, 0) / 2;
    const sure = most >= CONFUSED.least && most >= CONFUSED.share * total;
    return sure && called !== of && !right
      ? [`${classes[of]} is called ${classes[called]} (${most} of ${total})`]
      : [];
  });
}

async function wrongPixels(
  check: SetupCheck,
  found: readonly Detections[],
): Promise<Problem | null> {
  const { dataset, preprocess } = check;
  const tried = Math.min(TRIED, found.length);
  const own = ownMap(scoreClean(dataset, found.slice(0, tried)), check) ?? 0;
  let [best, map] = [preprocess, own];
  for (const step of preprocessVariants(dataset.samples.slice(0, tried))) {
    // Each step goes on from what fitted best in the one before.
    const from = best;
    for (const change of step) {
      const variant = { ...from, ...change };
      const score = await mapUnder(variant, check, tried);
      if (score !== null && score > map) [best, map] = [variant, score];
    }
  }
  if (!fitsBetter(map, own)) return null;
  return {
    message: `on ${tried} clean images the model has mAP ${own.toFixed(1)} as it is fed (${preprocessWords(preprocess)}), but ${map.toFixed(1)} with ${preprocessWords(best)}`,
    fix: `predictor.preprocess: ${settingText(preprocess, best)}`,
  };
}

async function mapUnder(
  preprocess: Preprocess,
  check: SetupCheck,
  images: number,
): Promise<number | null> {
  const { dataset, predictor: options, context } = check;
  await using predictor = await openPredictor(
    { ...options, preprocess: writable(preprocess) },
    { ...context, classes: dataset.classes },
  );
  const found: Detections[] = [];
  for (const { path, digest } of dataset.samples.slice(0, images)) {
    found.push(await predictor.predict(await decodeImage(path), { digest, condition: 'clean' }));
  }
  return ownMap(scoreClean(dataset, found), check);
}

function writable(own: Preprocess) {
  const triple = ([a, b, c]: Preprocess['mean']): [number, number, number] => [a, b, c];
  return { ...own, mean: triple(own.mean), std: triple(own.std) };
}

/** What differs, as it is written in the config. */
function settingText(own: Preprocess, better: Preprocess): string {
  const entries = (['resize', 'color', 'scale', 'mean', 'std'] as const)
    .filter((key) => String(own[key]) !== String(better[key]))
    .map((key) => {
      const value = better[key];
      return `${key}: ${typeof value === 'object' ? `[${value.join(', ')}]` : value}`;
    });
  return `{${entries.join(', ')}}`;
}
