import { addCandidate } from '../candidates.ts';
import { checkBox, checkedConfidence, type Decoder, type Layout } from './decoder.ts';

/** YOLOv8's head: centre, width, height in input pixels, then one confidence a class; `[1, 4 + nc, N]` or transposed. */
export const yolov8: Decoder = {
  name: 'yolov8',
  title: 'YOLOv8, v9, 11, 12 without NMS inside',
  preprocess: {
    resize: 'letterbox',
    color: 'rgb',
    scale: 1 / 255,
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },

  recognise(outputs, _input, classCount): Layout | null {
    const [output] = outputs;
    if (!output || outputs.length !== 1 || output.dims.length !== 3) return null;
    const [, rows = 0, columns = 0] = output.dims;
    const fields = classCount === null ? Math.min(rows, columns) : classCount + 4;
    if (fields < 5) return null;
    if (rows === fields) {
      return {
        output: 0,
        classCount: fields - 4,
        boxes: columns,
        fieldStride: columns,
        boxStride: 1,
      };
    }
    if (columns === fields) {
      return { output: 0, classCount: fields - 4, boxes: rows, fieldStride: 1, boxStride: fields };
    }
    return null;
  },

  decode(outputs, layout, { floor, classMap }, candidates): void {
    const data = outputs[layout.output]!.data;
    const { boxes, classCount, fieldStride, boxStride } = layout;
    for (let model = 0; model < classCount; model++) {
      const wanted = classMap[model]!;
      if (wanted < 0) continue;
      const row = (4 + model) * fieldStride;
      for (let box = 0; box < boxes; box++) {
        const score = data[row + box * boxStride]!;
        if (score <= floor) continue;
        const confidence = checkedConfidence(score);
        const at = box * boxStride;
        const cx = data[at]!;
        const cy = data[at + fieldStride]!;
        const halfWidth = data[at + 2 * fieldStride]! / 2;
        const halfHeight = data[at + 3 * fieldStride]! / 2;
        const [x1, y1, x2, y2] = [cx - halfWidth, cy - halfHeight, cx + halfWidth, cy + halfHeight];
        checkBox(x1, y1, x2, y2);
        addCandidate(candidates, x1, y1, x2, y2, wanted, confidence);
      }
    }
  },
};
