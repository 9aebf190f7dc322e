import type { Candidates } from '../candidates.ts';
import {
  addCentred,
  checkedConfidence,
  type DecodeSettings,
  type Head,
  mappedClass,
  type ModelFacts,
  type Output,
  shapeText,
} from './decoder.ts';

/** What follows the four fractions of a box. */
type Rest = 'scores' | 'best';

/**
 * The head of Ultralytics' RT-DETR, one output `[1, Q, fields]`: centre, width and height as fractions of the input, then
 * a confidence for each class (up to 8.3), or the best class's confidence and its number (8.4). One class for each query,
 * as its predictor has it.
 *
 * @returns null when this is not such a model.
 */
export function fractionHead({ outputs, classNames, endToEnd, task }: ModelFacts): Head | null {
  const [output] = outputs;
  if (!output || outputs.length !== 1 || output.dims.length !== 3) return null;
  if (endToEnd || classNames === null || (task ?? 'detect') !== 'detect') return null;
  const rest = restOf(output, classNames.length);
  if (rest === null || !areFractions(output)) return null;
  const count = classNames.length;
  const what = rest === 'scores' ? `${count} classes` : 'confidence and class';
  return {
    classCount: count,
    evidence: `${shapeText(output)}: boxes as fractions of the input, ${what} for each query`,
    final: true,
    notes: [],
    decode: (answer, settings, candidates) => decode(answer, rest, settings, candidates),
  };
}

function restOf({ dims, data }: Output, classCount: number): Rest | null {
  const fields = dims[2]!;
  const whole =
    fields === 6 && data.every((value, at) => at % 6 !== 5 || isClass(value, classCount));
  if (whole) return 'best';
  return fields === 4 + classCount ? 'scores' : null;
}

function isClass(value: number, classCount: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < classCount;
}

/** Whether each box lies in 0 to 1 and has a size: rows of nothing, which other heads pad with, have none. */
function areFractions({ dims: [, , fields = 0], data }: Output): boolean {
  for (let at = 0; at < data.length; at += fields) {
    const [cx = 0, cy = 0, width = 0, height = 0] = data.subarray(at, at + 4);
    if (!(cx >= 0 && cy >= 0 && width > 0 && height > 0)) return false;
    if (!(cx <= 1 && cy <= 1 && width <= 1 && height <= 1)) return false;
  }
  return data.length > 0;
}

function decode(
  [output]: readonly Output[],
  rest: Rest,
  { input, floor, classMap }: DecodeSettings,
  candidates: Candidates,
): void {
  const { data, dims } = output!;
  const fields = dims[2]!;
  for (let at = 0; at < data.length; at += fields) {
    const [cx = 0, cy = 0, width = 0, height = 0, ...said] = data.subarray(at, at + fields);
    const model = rest === 'best' ? said[1]! : bestOf(said);
    const score = rest === 'best' ? said[0]! : said[model]!;
    if (score <= floor) continue;
    const confidence = checkedConfidence(score);
    const mapped = mappedClass(model, classMap);
    if (mapped < 0) continue;
    const box = [
      cx * input.width,
      cy * input.height,
      width * input.width,
      height * input.height,
    ] as const;
    addCentred(candidates, box, mapped, confidence);
  }
}

/** A score that is no number is the best: it must be found out. */
function bestOf(scores: readonly number[]): number {
  return scores.reduce((best, score, model) => (score <= scores[best]! ? best : model), 0);
}
