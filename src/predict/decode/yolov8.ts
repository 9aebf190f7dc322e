import {
  addCentred,
  checkedConfidence,
  type Decoder,
  type DecodeSettings,
  type ModelFacts,
  type Output,
  shapeText,
  UNIT_RGB,
} from './decoder.ts';
import { type BoxExtras, boxExtras } from './extras.ts';
import type { Candidates } from '../candidates.ts';

/** Floats between two fields of a box, and between two boxes. */
interface Layout {
  readonly classCount: number;
  readonly boxes: number;
  readonly fieldStride: number;
  readonly boxStride: number;
}

/** YOLOv8's head: centre, width, height in input pixels, then one confidence a class; `[1, 4 + nc, N]` or transposed. */
export const yolov8: Decoder = {
  name: 'yolov8',
  title: 'YOLOv5u, v8, v9, 11, 12, and 26 with its one-to-many head',
  preprocess: { resize: 'letterbox', ...UNIT_RGB },

  recognise(facts) {
    const [output] = facts.outputs;
    const extras = boxExtras(facts);
    if (!output || output.dims.length !== 3 || facts.endToEnd || extras === null) return null;
    const layout = layoutOf(output.dims, facts, extras);
    if (layout === null) return null;
    const parts = `4 + ${layout.classCount}${extras.what === null ? '' : ` + ${extras.what}`}`;
    return {
      classCount: layout.classCount,
      evidence: `${shapeText(output)}: ${parts} fields for each of ${layout.boxes} boxes`,
      final: false,
      notes: extras.notes,
      decode: (outputs, settings, candidates) => decode(outputs, layout, settings, candidates),
    };
  },
};

function layoutOf(
  dims: readonly number[],
  { classNames }: ModelFacts,
  extras: BoxExtras,
): Layout | null {
  const [, rows = 0, columns = 0] = dims;
  const known = classNames === null ? null : 4 + classNames.length;
  /** Whether so many fields are a box, its classes and the extras. */
  const fits = (fields: number): boolean =>
    known === null
      ? fields === Math.min(rows, columns) && fields >= 5 + (extras.fields ?? 0)
      : fields === known + (extras.fields ?? fields - known) && fields >= known;
  const classCountOf = (fields: number): number =>
    classNames?.length ?? fields - 4 - (extras.fields ?? 0);
  if (fits(rows)) {
    return { classCount: classCountOf(rows), boxes: columns, fieldStride: columns, boxStride: 1 };
  }
  if (fits(columns)) {
    return { classCount: classCountOf(columns), boxes: rows, fieldStride: 1, boxStride: columns };
  }
  return null;
}

function decode(
  outputs: readonly Output[],
  { classCount, boxes, fieldStride, boxStride }: Layout,
  { floor, classMap }: DecodeSettings,
  candidates: Candidates,
): void {
  const { data } = outputs[0]!;
  for (let model = 0; model < classCount; model++) {
    const wanted = classMap[model]!;
    if (wanted < 0) continue;
    const scores = (4 + model) * fieldStride;
    const end = scores + boxes * boxStride;
    let row = nextOver(data, scores, end, boxStride, floor);
    for (; row < end; row = nextOver(data, row + boxStride, end, boxStride, floor)) {
      const confidence = checkedConfidence(data[row]!);
      const at = row - scores;
      const cx = data[at]!;
      const cy = data[at + fieldStride]!;
      const width = data[at + 2 * fieldStride]!;
      const height = data[at + 3 * fieldStride]!;
      addCentred(candidates, [cx, cy, width, height], wanted, confidence);
    }
  }
}

/** Place of the first value from `at` on that is over the floor or no number; `end` or beyond when there is none. */
function nextOver(
  values: Float32Array,
  at: number,
  end: number,
  step: number,
  floor: number,
): number {
  while (at < end && values[at]! <= floor) at += step;
  return at;
}
