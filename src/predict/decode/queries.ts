import type { Candidates } from '../candidates.ts';
import {
  addCentred,
  checkedConfidence,
  type DecodeSettings,
  type Head,
  type ModelFacts,
  type Output,
  shapeText,
} from './decoder.ts';

/** The classes of one query with a confidence each, from its logits. */
type Classify = (logits: Float32Array) => Iterable<readonly [model: number, confidence: number]>;

/** The logits and the boxes of a DETR: `[1, Q, classes]` and `[1, Q, 4]` (centre, width, height as fractions of the input). */
interface QueryOutputs {
  readonly logits: number;
  readonly boxes: number;
  readonly queries: number;
  readonly fields: number;
}

/**
 * The head of a model that answers object queries, `logits` and `pred_boxes`.
 *
 * @param besides  Logits of a query that are no class.
 * @param how      How confidences are made of logits, for a person.
 * @returns        null when this is not such a model, or when nobody names its classes: only their number tells
 *                 whether one logit is "no object".
 */
export function queryHead(
  facts: ModelFacts,
  besides: number,
  how: string,
  classify: Classify,
): Head | null {
  const found = queryOutputs(facts);
  const count = facts.classNames?.length;
  if (found === null || count === undefined || found.fields !== count + besides) return null;
  const shapes = [found.logits, found.boxes].map((index) => shapeText(facts.outputs[index]!));
  return {
    classCount: count,
    evidence: `${shapes.join(' and ')}: ${count} classes by ${how}, boxes as fractions of the input`,
    final: true,
    notes: [],
    decode: (outputs, settings, candidates) =>
      decode(outputs, found, classify, settings, candidates),
  };
}

function queryOutputs({ outputs }: ModelFacts): QueryOutputs | null {
  const logits = outputs.findIndex(({ name }) => name === 'logits');
  const boxes = outputs.findIndex(({ name }) => name === 'pred_boxes');
  const [, queries = 0, fields = 0] = outputs[logits]?.dims ?? [];
  const [, rows, columns] = outputs[boxes]?.dims ?? [];
  return rows === queries && columns === 4 ? { logits, boxes, queries, fields } : null;
}

function decode(
  outputs: readonly Output[],
  { logits, boxes, queries, fields }: QueryOutputs,
  classify: Classify,
  { input, floor, classMap }: DecodeSettings,
  candidates: Candidates,
): void {
  const corners = outputs[boxes]!.data;
  const { data } = outputs[logits]!;
  for (let query = 0; query < queries; query++) {
    for (const [model, score] of classify(data.subarray(query * fields, (query + 1) * fields))) {
      if (score <= floor || classMap[model]! < 0) continue;
      const confidence = checkedConfidence(score);
      const [cx = 0, cy = 0, width = 0, height = 0] = corners.subarray(4 * query, 4 * query + 4);
      const { width: right, height: bottom } = input;
      const box = [cx * right, cy * bottom, width * right, height * bottom] as const;
      addCentred(candidates, box, classMap[model]!, confidence);
    }
  }
}
