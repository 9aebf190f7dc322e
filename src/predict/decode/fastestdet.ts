import { addCentred, checkedConfidence, type Decoder, shapeText } from './decoder.ts';

const STRIDE = 16;

/**
 * FastestDet's head, `[1, 5 + nc, rows, columns]`: objectness, box, classes (all scores after their activation).
 * The confidence is objectness^0.6 * class^0.4.
 *
 * @see github.com/dog-qiuqiu/FastestDet.
 */
export const fastestdet: Decoder = {
  name: 'fastestdet',
  title: 'FastestDet',
  preprocess: {
    resize: 'stretch',
    color: 'bgr',
    scale: 1 / 255,
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },

  recognise({ outputs, input, classNames }) {
    const [output] = outputs;
    if (!output || outputs.length !== 1 || output.dims.length !== 4) return null;
    const [, fields = 0, rows = 0, columns = 0] = output.dims;
    if (rows !== input.height / STRIDE || columns !== input.width / STRIDE || fields < 6) {
      return null;
    }
    if (classNames !== null && fields !== classNames.length + 5) return null;
    return {
      classCount: fields - 5,
      evidence: `${shapeText(output)}: objectness, box and ${fields - 5} classes for each cell of stride ${STRIDE}`,
      final: false,
      notes: [],
      decode([grid], { floor, classMap }, candidates) {
        const { data } = grid!;
        const cells = rows * columns;
        const field = (index: number, cell: number): number => data[index * cells + cell]!;
        for (let cell = 0; cell < cells; cell++) {
          const objectness = field(0, cell) ** 0.6;
          for (let model = 0; model < classMap.length; model++) {
            const score = objectness * field(5 + model, cell) ** 0.4;
            if (score <= floor || classMap[model]! < 0) continue;
            const confidence = checkedConfidence(score);
            const cx = ((cell % columns) + Math.tanh(field(1, cell))) * STRIDE;
            const cy = (Math.floor(cell / columns) + Math.tanh(field(2, cell))) * STRIDE;
            const width = sigmoid(field(3, cell)) * input.width;
            const height = sigmoid(field(4, cell)) * input.height;
            addCentred(candidates, [cx, cy, width, height], classMap[model]!, confidence);
          }
        }
      },
    };
  },
};

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
