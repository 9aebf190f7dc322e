import {
  addCentred,
  cellCount,
  checkedConfidence,
  type Decoder,
  shapeText,
  UNIT_RGB,
} from './decoder.ts';

/** Three anchors in each cell; P6 models have a fourth stride. */
const GRIDS = [
  [8, 16, 32],
  [8, 16, 32, 64],
] as const;
const ANCHORS = 3;

/**
 * The head of YOLOv5 and v7 with anchors, `[1, N, 5 + nc]`: centre, width and height in input pixels, objectness and
 * one confidence a class (both after the sigmoid).
 */
export const yolov5: Decoder = {
  name: 'yolov5',
  title: 'YOLOv5 and v7 with anchors',
  preprocess: { resize: 'letterbox', ...UNIT_RGB },

  recognise({ outputs, input, classNames }) {
    const [output] = outputs;
    if (!output || output.dims.length !== 3) return null;
    const [, boxes = 0, fields = 0] = output.dims;
    if (!GRIDS.some((strides) => boxes === ANCHORS * cellCount(input, strides))) return null;
    if (classNames === null ? fields < 6 : fields !== classNames.length + 5) return null;
    return {
      classCount: fields - 5,
      evidence: `${shapeText(output)}: a row for each of 3 anchors in each cell, with objectness and ${fields - 5} classes`,
      final: false,
      notes: [],
      decode([rows], { floor, classMap }, candidates) {
        const { data } = rows!;
        for (let at = 0; at < boxes * fields; at += fields) {
          const objectness = data[at + 4]!;
          if (objectness <= floor) continue;
          for (let model = 0; model < classMap.length; model++) {
            const score = objectness * data[at + 5 + model]!;
            if (score <= floor || classMap[model]! < 0) continue;
            const confidence = checkedConfidence(score);
            const box = [data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!] as const;
            addCentred(candidates, box, classMap[model]!, confidence);
          }
        }
      },
    };
  },
};
