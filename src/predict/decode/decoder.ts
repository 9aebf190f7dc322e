import type { Size } from '../../image/image.ts';
import type { Candidates } from '../candidates.ts';
import type { Preprocess } from '../predictor.ts';

/** One output of a model for a batch of one. */
export interface Output {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** How an output is laid out, found once. */
export interface Layout {
  /** Index of the output that is read. */
  readonly output: number;
  readonly classCount: number;
  /** Number of boxes that the model proposes. */
  readonly boxes: number;
  /** Floats between two fields of a box, and between two boxes. */
  readonly fieldStride: number;
  readonly boxStride: number;
}

export interface DecodeSettings {
  readonly input: Size;
  /** Confidences at or under it are left out. */
  readonly floor: number;
  /** For each class of the model the data set's class, or -1 for one that is not wanted. */
  readonly classMap: Int32Array;
}

/** Turns the output of one kind of detection head into boxes. */
export interface Decoder {
  readonly name: string;
  readonly title: string;
  /** What the framework that exports such models feeds them. */
  readonly preprocess: Preprocess;
  /**
   * @param outputs Shapes of a real answer.
   * @param classCount Number of class names, null when the model names none.
   * @returns The layout, or null when this is not such a model.
   */
  recognise(
    outputs: readonly Pick<Output, 'name' | 'dims'>[],
    input: Size,
    classCount: number | null,
  ): Layout | null;
  /**
   * Adds every box over the floor.
   *
   * @throws RangeError when a value is not a number or a confidence is over 1.
   */
  decode(
    outputs: readonly Output[],
    layout: Layout,
    settings: DecodeSettings,
    candidates: Candidates,
  ): void;
}

/** Confidence may exceed 1 by rounding only. */
const ONE = 1.0001;

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
