import type { Candidates } from '../candidates.ts';
import {
  addCentred,
  cellCount,
  checkedConfidence,
  type Decoder,
  type DecodeSettings,
  type Output,
  shapeText,
} from './decoder.ts';

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

  recognise({ outputs, input, classNames, endToEnd }) {
    const [output] = outputs;
    if (!output || outputs.length !== 1 || output.dims.length !== 3 || endToEnd) return null;
    const [, boxes = 0, fields = 0] = output.dims;
    if (boxes !== cellCount(input, STRIDES) || fields < 6) return null;
    if (classNames !== null && fields !== classNames.length + 5) return null;
    return {
      classCount: fields - 5,
      evidence: `${shapeText(output)}: a row for each cell of strides 8, 16 and 32, with objectness and ${fields - 5} classes`,
      final: false,
      notes: [],
      decode,
    };
  },
};

function decode(
  [output]: readonly Output[],
  { input, floor, classMap }: DecodeSettings,
  candidates: Candidates,
): void {
  const { data, dims } = output!;
  const boxStride = dims[2]!;
  let at = 0;
  for (const stride of STRIDES) {
    const columns = Math.ceil(input.width / stride);
    const rows = Math.ceil(input.height / stride);
    for (let cell = 0; cell < rows * columns; cell++, at += boxStride) {
      const objectness = data[at + 4]!;
      if (objectness <= floor) continue;
      for (let model = 0; model < classMap.length; model++) {
        const score = objectness * data[at + 5 + model]!;
        if (score <= floor || classMap[model]! < 0) continue;
        const confidence = checkedConfidence(score);
        const cx = (data[at]! + (cell % columns)) * stride;
        const cy = (data[at + 1]! + Math.floor(cell / columns)) * stride;
        const width = Math.exp(data[at + 2]!) * stride;
        const height = Math.exp(data[at + 3]!) * stride;
        addCentred(candidates, [cx, cy, width, height], classMap[model]!, confidence);
      }
    }
  }
}
