import { addCandidate, type Candidates } from '../candidates.ts';
import {
  cellCount,
  checkBox,
  checkedConfidence,
  type Decoder,
  type DecodeSettings,
  type ModelFacts,
  type Output,
  shapeText,
} from './decoder.ts';

const GRIDS = [
  [8, 16, 32],
  [8, 16, 32, 64],
] as const;
/** A side's distance is a distribution over so many bins in all NanoDet models. */
const BINS = 8;
const SIDES = 4 * BINS;

/** Rows of one stride: where its class scores and its distances are. */
interface Level {
  readonly stride: number;
  readonly scores: Part;
  readonly distances: Part;
}

/** Where the numbers of a cell begin: `output[first + cell * step]`. */
interface Part {
  readonly output: number;
  readonly first: number;
  readonly step: number;
}

/**
 * NanoDet's head: class scores (after the sigmoid) and for each side of the box a distribution over 8 distances, in
 * strides from the centre of the cell. An output pair for each stride (NanoDet), or one output `[1, N, nc + 32]`
 * (NanoDet-Plus), where the centre is the cell's corner.
 *
 * @see Li et al. 2020, arXiv 2006.04388; github.com/RangiLyu/nanodet.
 */
export const nanodet: Decoder = {
  name: 'nanodet',
  title: 'NanoDet and NanoDet-Plus',
  preprocess: {
    resize: 'stretch',
    color: 'bgr',
    scale: 1,
    mean: [103.53, 116.28, 123.675],
    std: [57.375, 57.12, 58.395],
  },

  recognise(facts) {
    const one = facts.outputs.length === 1;
    const found = one ? inOne(facts) : inPairs(facts);
    if (found === null) return null;
    const { classCount, levels } = found;
    if (classCount < 1 || classCount !== (facts.classNames?.length ?? classCount)) return null;
    return {
      classCount,
      evidence: `${facts.outputs.map(shapeText).join(', ')}: ${classCount} classes and 4 x ${BINS} distances for each cell of ${levels.length} strides`,
      final: false,
      notes: [],
      decode(outputs, settings, candidates) {
        for (const level of levels)
          decodeLevel(outputs, level, one ? 0 : 0.5, settings, candidates);
      },
    };
  },
};

function inOne({
  outputs,
  input,
  classNames,
}: ModelFacts): { classCount: number; levels: Level[] } | null {
  const [, cells = 0, fields = 0] = outputs[0]!.dims;
  const strides = GRIDS.find((grid) => cells === cellCount(input, grid));
  if (!strides || outputs[0]!.dims.length !== 3) return null;
  // Without names YOLOX's rows could be read as these.
  if (classNames === null && strides.length === 3) return null;
  const classCount = fields - SIDES;
  let first = 0;
  const levels = strides.map((stride) => {
    const at = first;
    first += cellCount(input, [stride]) * fields;
    return {
      stride,
      scores: { output: 0, first: at, step: fields },
      distances: { output: 0, first: at + classCount, step: fields },
    };
  });
  return { classCount, levels };
}

function inPairs({ outputs, input }: ModelFacts): { classCount: number; levels: Level[] } | null {
  const strides = GRIDS.find((grid) => outputs.length === 2 * grid.length);
  if (!strides) return null;
  const classCount = outputs.map(fieldsOf).find((fields) => fields !== SIDES) ?? SIDES;
  const levels = strides.map((stride): Level | null => {
    const cells = cellCount(input, [stride]);
    const of = (fields: number): number[] =>
      [...outputs.keys()].filter(
        (index) => cellsOf(outputs[index]!) === cells && fieldsOf(outputs[index]!) === fields,
      );
    const scores = of(classCount)[0];
    const distances = of(SIDES).findLast((index) => index !== scores);
    if (scores === undefined || distances === undefined) return null;
    return {
      stride,
      scores: { output: scores, first: 0, step: classCount },
      distances: { output: distances, first: 0, step: SIDES },
    };
  });
  const whole = levels.filter((level) => level !== null);
  return whole.length === strides.length ? { classCount, levels: whole } : null;
}

function cellsOf({ dims }: Pick<Output, 'dims'>): number {
  return dims.at(-2) ?? 0;
}

function fieldsOf({ dims }: Pick<Output, 'dims'>): number {
  return dims.at(-1) ?? 0;
}

function decodeLevel(
  outputs: readonly Output[],
  { stride, scores, distances }: Level,
  centre: number,
  { input, floor, classMap }: DecodeSettings,
  candidates: Candidates,
): void {
  const confidences = outputs[scores.output]!.data;
  const bins = outputs[distances.output]!.data;
  const columns = Math.ceil(input.width / stride);
  const cells = columns * Math.ceil(input.height / stride);
  // Cells of NanoDet have their middle between pixels: half a pixel before half a stride.
  const offset = centre === 0 ? 0 : centre * (stride - 1);
  for (let cell = 0; cell < cells; cell++) {
    const x = (cell % columns) * stride + offset;
    const y = Math.floor(cell / columns) * stride + offset;
    for (let model = 0; model < classMap.length; model++) {
      const score = confidences[scores.first + cell * scores.step + model]!;
      if (score <= floor || classMap[model]! < 0) continue;
      const confidence = checkedConfidence(score);
      const at = distances.first + cell * distances.step;
      const [left, top, right, bottom] = [0, 1, 2, 3].map(
        (side) => stride * meanBin(bins, at + side * BINS),
      );
      const [x1, y1, x2, y2] = [x - left!, y - top!, x + right!, y + bottom!];
      checkBox(x1, y1, x2, y2);
      addCandidate(candidates, x1, y1, x2, y2, classMap[model]!, confidence);
    }
  }
}

/** Expected bin of a softmax over the bins. */
function meanBin(logits: Float32Array, at: number): number {
  let [weights, sum] = [0, 0];
  const most = Math.max(...logits.subarray(at, at + BINS));
  for (let bin = 0; bin < BINS; bin++) {
    const weight = Math.exp(logits[at + bin]! - most);
    weights += weight;
    sum += weight * bin;
  }
  return sum / weights;
}
