import type { Size } from '../../image/image.ts';
import { addCandidate } from '../candidates.ts';
import { checkBox, checkedConfidence, type Decoder, type Layout } from './decoder.ts';

const STRIDES = [8, 16, 32] as const;

/**
 * YOLOX's head, `[1, N, 5 + nc]`: offsets inside the grid cell, logarithms of width and height in strides,
 * objectness and one confidence a class (both after the sigmoid). Cells go stride by stride, row by row.
 *
 * @see Ge et al. 2021, arXiv 2107.08430; the decoding in Megvii's demo for ONNX Runtime.
 */
export const yolox: Decoder = {
  name: 'yolox',
  title: 'YOLOX, raw grid',
  preprocess: {
    resize: 'letterbox-top-left',
    color: 'bgr',
    scale: 1,
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },

  recognise(outputs, input, classCount): Layout | null {
    const [output] = outputs;
    if (!output || outputs.length !== 1 || output.dims.length !== 3) return null;
    const [, boxes = 0, fields = 0] = output.dims;
    if (boxes !== cellCount(input) || fields < 6) return null;
    if (classCount !== null && fields !== classCount + 5) return null;
    return { output: 0, classCount: fields - 5, boxes, fieldStride: 1, boxStride: fields };
  },

  decode(outputs, layout, { input, floor, classMap }, candidates): void {
    const data = outputs[layout.output]!.data;
    const { classCount, boxStride } = layout;
    let at = 0;
    for (const stride of STRIDES) {
      const columns = Math.floor(input.width / stride);
      const rows = Math.floor(input.height / stride);
      for (let cell = 0; cell < rows * columns; cell++, at += boxStride) {
        const objectness = data[at + 4]!;
        if (objectness <= floor) continue;
        for (let model = 0; model < classCount; model++) {
          const score = objectness * data[at + 5 + model]!;
          if (score <= floor || classMap[model]! < 0) continue;
          const confidence = checkedConfidence(score);
          const cx = (data[at]! + (cell % columns)) * stride;
          const cy = (data[at + 1]! + Math.floor(cell / columns)) * stride;
          const halfWidth = (Math.exp(data[at + 2]!) * stride) / 2;
          const halfHeight = (Math.exp(data[at + 3]!) * stride) / 2;
          checkBox(cx, cy, halfWidth, halfHeight);
          addCandidate(
            candidates,
            cx - halfWidth,
            cy - halfHeight,
            cx + halfWidth,
            cy + halfHeight,
            classMap[model]!,
            confidence,
          );
        }
      }
    }
  },
};

function cellCount(input: Size): number {
  return STRIDES.reduce(
    (sum, stride) => sum + Math.floor(input.width / stride) * Math.floor(input.height / stride),
    0,
  );
}
