import type { Size } from '../../image/image.ts';
import { addCandidate, type Candidates } from '../candidates.ts';
import type { Preprocess } from '../predictor.ts';

/** One output of a model for a batch of one; numbers of any type are read as float32. */
export interface Output {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array;
  /** Whether the model answers whole numbers here, as labels are. */
  readonly integer: boolean;
}

/** What is known of a model when its decoder is looked for. */
export interface ModelFacts {
  /** A real answer, to a grey image. */
  readonly outputs: readonly Output[];
  /** Size of the input that it answered to. */
  readonly input: Size;
  /** The model's class names; null when nobody names any. */
  readonly classNames: readonly string[] | null;
  /** The metadata key `task` (`detect`, `segment`, `pose`, …), as Ultralytics exports have it. */
  readonly task: string | null;
  /** Whether the metadata says that boxes are final: no suppression is needed. */
  readonly endToEnd: boolean;
}

export interface DecodeSettings {
  readonly input: Size;
  /** Confidences at or under it are left out. */
  readonly floor: number;
  /** For each class of the model the data set's class, or -1 for one that is not wanted. */
  readonly classMap: Int32Array;
}

/** A model whose outputs can be read. */
export interface Head {
  /** Number of the model's classes; null when the shapes do not tell. */
  readonly classCount: number | null;
  /** What it was recognised by: a clause for a person, with the shapes. */
  readonly evidence: string;
  /** Whether the boxes are final, so that nothing is suppressed afterwards. */
  readonly final: boolean;
  /** What the reader should know, one sentence each. */
  readonly notes: readonly string[];
  /**
   * Adds every box over the floor, in the order of the model's answer.
   *
   * @throws RangeError when a value is not a number, a confidence is over 1 or a class is not the model's.
   */
  decode(outputs: readonly Output[], settings: DecodeSettings, candidates: Candidates): void;
}

/** Turns the output of one kind of detection head into boxes. */
export interface Decoder {
  readonly name: string;
  readonly title: string;
  /** What the framework that exports such models feeds them. */
  readonly preprocess: Preprocess;
  /** How the outputs are read; null when this is not such a model. */
  recognise(facts: ModelFacts): Head | null;
}

/** Pixels as most frameworks feed them: RGB, 0 to 1. */
export const UNIT_RGB = {
  color: 'rgb',
  scale: 1 / 255,
  mean: [0, 0, 0],
  std: [1, 1, 1],
} as const satisfies Omit<Preprocess, 'resize'>;

/** RGB with the mean and the deviation of ImageNet's images, as torchvision has them. */
export const IMAGENET_RGB = {
  color: 'rgb',
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} as const satisfies Omit<Preprocess, 'resize'>;

/** Cells of the grids of these strides that cover the input, border cells included. */
export function cellCount({ width, height }: Size, strides: readonly number[]): number {
  return strides.reduce(
    (sum, stride) => sum + Math.ceil(width / stride) * Math.ceil(height / stride),
    0,
  );
}

/** `name [1, 84, 8400]`, for messages. */
export function shapeText({ name, dims }: Pick<Output, 'name' | 'dims'>): string {
  return `${name} [${dims.join(', ')}]`;
}

/** Confidence may exceed 1 by rounding only: of float16, too. */
const ONE = 1.001;

/**
 * A confidence that passed the floor (or is no number), checked.
 *
 * @throws RangeError when it is not in 0 to 1.
 */
export function checkedConfidence(value: number): number {
  if (!(value <= ONE)) {
    throw new RangeError(`the model answered ${value} where a confidence from 0 to 1 was expected`);
  }
  return Math.min(value, 1);
}

/** @throws RangeError when one of the four is not a finite number. */
export function checkBox(x1: number, y1: number, x2: number, y2: number): void {
  if (!Number.isFinite(x1 + y1 + x2 + y2)) {
    throw new RangeError('the model answered a box that is not a number');
  }
}

/**
 * Adds a box that a model answers by its centre and size, in pixels of the input.
 *
 * @throws RangeError when one of the four is not a finite number.
 */
export function addCentred(
  candidates: Candidates,
  [cx, cy, width, height]: readonly [number, number, number, number],
  classIndex: number,
  confidence: number,
): void {
  checkBox(cx, cy, width, height);
  const [halfWidth, halfHeight] = [width / 2, height / 2];
  addCandidate(
    candidates,
    cx - halfWidth,
    cy - halfHeight,
    cx + halfWidth,
    cy + halfHeight,
    classIndex,
    confidence,
  );
}

/**
 * The data set's class for a class that the model answered by its number.
 *
 * @throws RangeError when the model has no such class.
 */
export function mappedClass(value: number, classMap: Int32Array): number {
  const mapped = classMap[value];
  if (mapped === undefined) {
    throw new RangeError(
      `the model answered class ${value}, it has ${classMap.length} class names`,
    );
  }
  return mapped;
}
