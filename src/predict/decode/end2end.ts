import { addCandidate } from '../candidates.ts';
import {
  cellCount,
  checkBox,
  checkedConfidence,
  type Decoder,
  mappedClass,
  type ModelFacts,
  type Output,
  shapeText,
  UNIT_RGB,
} from './decoder.ts';
import { boxExtras } from './extras.ts';

const STRIDES = [8, 16, 32] as const;

/**
 * Final boxes, `[1, N, 6]`: corners in input pixels, confidence, class. YOLOv10 and 26 give them without suppression,
 * every Ultralytics model exported with `nms=True` after it. Rows that are not needed have the confidence 0.
 */
export const end2end: Decoder = {
  name: 'end2end',
  title: 'YOLOv10 and 26, and any YOLO exported with nms=True',
  preprocess: { resize: 'letterbox', ...UNIT_RGB },

  recognise(facts) {
    const [output] = facts.outputs;
    const extras = boxExtras(facts);
    if (!output || output.dims.length !== 3 || extras === null) return null;
    const [, , fields = 0] = output.dims;
    if (fields < 6 || fields !== 6 + (extras.fields ?? fields - 6)) return null;
    if (!facts.endToEnd && !looksFinal(output, facts)) return null;
    return {
      classCount: facts.classNames?.length ?? null,
      evidence: `${shapeText(output)}: corners, confidence and class${extras.what === null ? '' : `, ${extras.what}`}; ${facts.endToEnd ? 'the metadata says that boxes are final' : 'whole class numbers'}`,
      final: true,
      notes: extras.notes,
      decode([rows], { floor, classMap }, candidates) {
        const { data, dims } = rows!;
        const [, count = 0, stride = 0] = dims;
        for (let at = 0; at < count * stride; at += stride) {
          const score = data[at + 4]!;
          if (score <= floor) continue;
          const confidence = checkedConfidence(score);
          const mapped = mappedClass(data[at + 5]!, classMap);
          if (mapped < 0) continue;
          const [x1, y1, x2, y2] = [data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!];
          checkBox(x1, y1, x2, y2);
          addCandidate(candidates, x1, y1, x2, y2, mapped, confidence);
        }
      },
    };
  },
};

/** Whether each row has a whole number for its class, and there are fewer rows than cells: those are still to be suppressed. */
function looksFinal({ data, dims }: Output, { input }: ModelFacts): boolean {
  const [, rows = 0, fields = 0] = dims;
  if (rows >= cellCount(input, STRIDES)) return false;
  for (let at = 5; at < data.length; at += fields) if (!Number.isInteger(data[at])) return false;
  return true;
}
