import { z } from 'zod';
import type { Detections } from '../../boxes/labels.ts';
import { GateError } from '../../errors.ts';
import type { Size } from '../../image/image.ts';
import { addCandidate, createCandidates } from '../candidates.ts';
import { mapClasses } from '../classes.ts';
import { detectionsOf } from '../detections.ts';
import { CONFIDENCE_FLOOR, MAX_DETECTIONS } from '../limits.ts';
import { sharedShape } from '../options.ts';
import type { PredictorInfo } from '../predictor.ts';

/** Keys of the config that every predictor outside this process has. */
export const externalShape = {
  names: z.array(z.string().min(1)).min(1).optional().meta({
    description:
      'The model’s class names in order, for one that answers indexes, or classes that the data set does not have.',
  }),
  ...sharedShape,
  nms: z.number().gt(0).max(1).default(1).meta({
    description:
      'Of two boxes of one class that overlap by more than this IoU, the weaker goes; 1 leaves them to the model.',
  }),
};

/** An object as a model outside says it. */
export const FoundObject = z.looseObject({
  /** Name, or index into `names`. */
  class: z.union([z.string(), z.int().min(0)]),
  confidence: z.number(),
  /** `[x1, y1, x2, y2]` in pixels of the image that was given. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});
export type FoundObject = z.infer<typeof FoundObject>;

/** A confidence may exceed 1, and a box the image by its own size, by rounding and padding; no more. */
const ONE = 1.0001;

/** Reads what a model outside found. */
export interface AnswerReader {
  /** The model's class names. */
  readonly classes: readonly string[];
  readonly notes: readonly string[];
  /**
   * @param size Of the image that was given.
   * @throws GateError `predictor` for what is nonsense: NaN, a confidence over 1, a box far outside, an unknown class.
   */
  read(found: readonly FoundObject[], size: Size): Detections;
}

/**
 * What a run records of a model outside: how it is fed and decoded nobody here knows.
 *
 * @param options The config's.
 */
export function externalInfo(
  { classes, notes }: Pick<AnswerReader, 'classes' | 'notes'>,
  { nms }: { nms: number },
  own: Pick<PredictorInfo, 'model' | 'engine' | 'pixels'>,
): PredictorInfo {
  return {
    ...own,
    decoder: null,
    evidence: null,
    classes,
    input: null,
    preprocess: null,
    device: null,
    floor: CONFIDENCE_FLOOR,
    nms,
    notes,
  };
}

/**
 * @param own     The names that the model itself told, if it did.
 * @param options The config's.
 * @param dataset The data set's class names.
 * @param floor   Confidences at or under it are left out.
 * @throws GateError when no class is in common.
 */
export function answerReader(
  own: readonly string[] | null,
  options: { names?: readonly string[] | undefined; classes: Record<string, string>; nms: number },
  dataset: readonly string[],
  floor: number,
): AnswerReader {
  const known = options.names ?? own;
  // A model that does not name its classes is taken to have the data set's and those that are mapped.
  const classes = known ?? [...new Set([...Object.keys(options.classes), ...dataset])];
  const { map, notes } = mapClasses(classes, dataset, options.classes);
  const candidates = createCandidates();
  return {
    classes,
    notes: known ? notes : [],
    read(found, size) {
      candidates.count = 0;
      for (const object of found) {
        checkObject(object, size);
        const index = classIndex(object.class, classes, known !== null && known !== undefined);
        if (map[index]! < 0 || !(object.confidence > floor)) continue;
        const confidence = Math.min(object.confidence, 1);
        addCandidate(candidates, ...object.box, map[index]!, confidence);
      }
      return detectionsOf(
        candidates,
        { ...size, left: 0, top: 0 },
        size,
        options.nms,
        MAX_DETECTIONS,
      );
    },
  };
}

function checkObject({ confidence, box }: FoundObject, { width, height }: Size): void {
  const [x1, y1, x2, y2] = box;
  const fail = (message: string): never => {
    throw new GateError('predictor', {
      message,
      fix: 'a confidence is 0 to 1, a box [x1, y1, x2, y2] in pixels of the image that was given',
    });
  };
  if (!(confidence >= 0 && confidence <= ONE)) {
    fail(`the model answered ${confidence} where a confidence from 0 to 1 was expected`);
  }
  if (!Number.isFinite(x1 + y1 + x2 + y2)) fail('the model answered a box that is not a number');
  const far = x1 < -width || y1 < -height || x2 > 2 * width || y2 > 2 * height;
  if (far || x1 > x2 || y1 > y2) {
    fail(`the model answered the box ${box.join(', ')} in an image of ${width} x ${height}`);
  }
}

function classIndex(given: string | number, classes: readonly string[], told: boolean): number {
  const index = typeof given === 'string' ? classes.indexOf(given) : given;
  if (typeof given === 'number' && !told) {
    throw new GateError('predictor', {
      message: `the model answered class ${given}, and its names are not known`,
      fix: "list the model's class names in order: predictor.names: [...]",
    });
  }
  if (index < 0 || index >= classes.length) {
    throw new GateError('predictor', {
      message: `the model answered class ${typeof given === 'string' ? `"${given.slice(0, 80)}"` : given}, ${told ? 'which is not among its own names' : 'which neither the data set nor predictor.classes has'}`,
      fix: 'map it: predictor.classes: {name: data-set name}; or list all names of the model, and those without a mapping are left out: predictor.names: [...]',
    });
  }
  return index;
}
