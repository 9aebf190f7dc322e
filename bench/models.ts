import { uniform } from '../__tests__/helpers/scenes.ts';
import { type OnnxGraph, type OnnxNode, type Tensor, writeOnnx } from './onnx-writer.ts';

const CLASSES = 80;
const BINS = 16;
const STRIDES = [8, 16, 32] as const;

/** As the weights are drawn. */
export const UNSPREAD: Scores = { gain: 1, bias: 0 };

/** A value of the graph: its name, channels and side. */
interface Value {
  readonly name: string;
  readonly channels: number;
  readonly side: number;
}

export interface MadeModel {
  readonly bytes: Uint8Array;
  /** Multiplications and additions of the convolutions, x 1e9. */
  readonly gflop: number;
  /** Millions. */
  readonly parameters: number;
}

/** How the scores of a made model spread before the sigmoid. */
export interface Scores {
  /** Factor on the weights of the last convolution. */
  readonly gain: number;
  /** Added to every score. */
  readonly bias: number;
}

/**
 * A detector with random weights that costs what YOLOv8n costs and answers in its layout, [1, 84, 8400]: a
 * backbone of five strides, split-and-concatenate stages, a pyramid up and down, a head with 16 bins a side.
 *
 * @param scores Decides how many boxes are over the floor.
 */
export function yolov8nSized(scores: Scores, side = 640): MadeModel {
  const graph = createGraph(8);
  const { conv, silu, concat } = graph;
  const stage = (x: Value, channels: number, depth: number, shortcut: boolean): Value => {
    const half = channels / 2;
    const parts = graph.split(silu(x, channels, 1, 1), 2);
    for (let i = 0; i < depth; i++) {
      const last = parts.at(-1)!;
      const deep = silu(silu(last, half, 3, 1), half, 3, 1);
      parts.push(shortcut ? graph.binary('Add', last, deep) : deep);
    }
    return silu(concat(parts), channels, 1, 1);
  };
  const pool = (x: Value): Value => {
    const parts = [silu(x, x.channels / 2, 1, 1)];
    for (let i = 0; i < 3; i++) parts.push(graph.maxPool(parts.at(-1)!, 5));
    return silu(concat(parts), x.channels, 1, 1);
  };
  const image = { name: 'images', channels: 3, side };
  const quarter = stage(silu(silu(image, 16, 3, 2), 32, 3, 2), 32, 1, true);
  const eighth = stage(silu(quarter, 64, 3, 2), 64, 2, true);
  const sixteenth = stage(silu(eighth, 128, 3, 2), 128, 2, true);
  const top = pool(stage(silu(sixteenth, 256, 3, 2), 256, 1, true));
  const middle = stage(concat([graph.upsample(top), sixteenth]), 128, 1, false);
  const fine = stage(concat([graph.upsample(middle), eighth]), 64, 1, false);
  const medium = stage(concat([silu(fine, 64, 3, 2), middle]), 128, 1, false);
  const coarse = stage(concat([silu(medium, 128, 3, 2), top]), 256, 1, false);
  const levels = [fine, medium, coarse];
  const head = (width: number, out: number, spread: Scores): Value =>
    graph.flat(levels.map((x) => conv(silu(silu(x, width, 3, 1), width, 3, 1), out, 1, 1, spread)));
  const boxes = head(64, 4 * BINS, UNSPREAD);
  const sides = levels.map((level) => level.side);
  graph.detections(boxes, head(CLASSES, CLASSES, scores), sides);
  return {
    bytes: writeOnnx(graph.finish(side, 4 + CLASSES)),
    gflop: graph.flop() / 1e9,
    parameters: graph.parameters() / 1e6,
  };
}

/**
 * A detector that costs next to nothing: fixed boxes in a grid of 8 x 8, two classes whose scores are one
 * convolution of the image.
 *
 * @returns Some 30 boxes an image are over the floor.
 */
export function stubModel(side = 64): Uint8Array {
  const graph = createGraph(8);
  const image = { name: 'images', channels: 3, side };
  const scores = graph.flat([graph.conv(image, 2, side / 8, side / 8, { gain: 3, bias: -8 })]);
  const cell = side / 8;
  const boxes = Float32Array.from({ length: 4 * 64 }, (_, i) => {
    const [field, at] = [i >> 6, i & 63];
    if (field >= 2) return cell;
    return ((field === 0 ? at % 8 : at >> 3) + 0.5) * cell;
  });
  graph.output(graph.constant([1, 4, 64], boxes), graph.unary('Sigmoid', scores));
  return writeOnnx({ ...graph.finish(side, 6), output: { name: 'output', dims: [1, 6, 64] } });
}

function createGraph(seed: number) {
  const random = uniform(seed);
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, Tensor>();
  let [flops, weights] = [0, 0];
  const add = (op: string, inputs: string[], attributes: OnnxNode['attributes'] = {}): string => {
    const name = `v${nodes.length}`;
    nodes.push({ op, inputs, outputs: [name], attributes });
    return name;
  };
  const constant = (dims: number[], data: Tensor['data']): string => {
    const name = `c${constants.size}`;
    constants.set(name, { dims, data });
    return name;
  };
  const integers = (...values: number[]): string =>
    constant([values.length], BigInt64Array.from(values, BigInt));
  const conv = (
    x: Value,
    channels: number,
    kernel: number,
    stride: number,
    { gain, bias } = UNSPREAD,
  ): Value => {
    const fanIn = x.channels * kernel * kernel;
    // Values shrink slowly: were they to grow, sigmoids would end in denormal numbers, which are slow.
    const bound = (gain * Math.sqrt(3) * 1.4) / Math.sqrt(fanIn);
    const weight = Float32Array.from(
      { length: channels * fanIn },
      () => bound * (2 * random() - 1),
    );
    const pad = kernel > stride ? (kernel - 1) / 2 : 0;
    const side = Math.floor((x.side + 2 * pad - kernel) / stride) + 1;
    flops += 2 * fanIn * channels * side * side;
    weights += channels * fanIn + channels;
    const inputs = [
      x.name,
      constant([channels, x.channels, kernel, kernel], weight),
      constant([channels], new Float32Array(channels).fill(bias)),
    ];
    const attributes = {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
    };
    return { name: add('Conv', inputs, attributes), channels, side };
  };
  const unary = (op: string, x: Value): Value => ({ ...x, name: add(op, [x.name]) });
  const binary = (op: string, a: Value, b: Value): Value => ({
    ...a,
    name: add(op, [a.name, b.name]),
  });
  const silu = (x: Value, channels: number, kernel: number, stride: number): Value => {
    const y = conv(x, channels, kernel, stride);
    return binary('Mul', y, unary('Sigmoid', y));
  };
  const concat = (parts: readonly Value[], axis = 1): Value => ({
    name: add(
      'Concat',
      parts.map(({ name }) => name),
      { axis },
    ),
    channels: parts.reduce((sum, { channels }) => sum + channels, 0),
    side: parts[0]!.side,
  });
  const slice = (x: string, from: number, to: number): string =>
    add('Slice', [x, integers(from), integers(to), integers(1)]);
  const output = (boxes: string, scores: Value): void => {
    nodes.push({
      op: 'Concat',
      inputs: [boxes, scores.name],
      outputs: ['output'],
      attributes: { axis: 1 },
    });
  };
  return {
    conv,
    silu,
    concat,
    constant,
    unary,
    binary,
    output,
    split(x: Value, count: number): Value[] {
      const channels = x.channels / count;
      return Array.from({ length: count }, (_, i) => ({
        name: slice(x.name, i * channels, (i + 1) * channels),
        channels,
        side: x.side,
      }));
    },
    maxPool(x: Value, kernel: number): Value {
      const pad = (kernel - 1) / 2;
      const attributes = { kernel_shape: [kernel, kernel], pads: [pad, pad, pad, pad] };
      return { ...x, name: add('MaxPool', [x.name], attributes) };
    },
    upsample(x: Value): Value {
      const scales = constant([4], Float32Array.of(1, 1, 2, 2));
      const attributes = {
        mode: 'nearest',
        nearest_mode: 'floor',
        coordinate_transformation_mode: 'asymmetric',
      };
      return { ...x, name: add('Resize', [x.name, '', scales], attributes), side: 2 * x.side };
    },
    /** [1, channels, cells] of all levels. */
    flat(levels: readonly Value[]): Value {
      const rows = levels.map(({ name, channels }) =>
        add('Reshape', [name, integers(1, channels, -1)]),
      );
      const name = rows.length === 1 ? rows[0]! : add('Concat', rows, { axis: 2 });
      return { name, channels: levels[0]!.channels, side: 0 };
    },
    /** Distances to the four sides as means of their bins, then centre and size in pixels; scores after the sigmoid. */
    detections(boxes: Value, scores: Value, sides: readonly number[]): void {
      const cells = sides.flatMap((side, level) =>
        Array.from({ length: side * side }, (_, i) => ({
          x: (i % side) + 0.5,
          y: Math.floor(i / side) + 0.5,
          stride: STRIDES[level]!,
        })),
      );
      const bins = add('Reshape', [boxes.name, integers(1, 4, BINS, -1)]);
      const shares = add('Softmax', [add('Transpose', [bins], { perm: [0, 2, 1, 3] })], {
        axis: 1,
      });
      const numbers = constant(
        [1, BINS, 1, 1],
        Float32Array.from({ length: BINS }, (_, i) => i),
      );
      const distances = add('Reshape', [add('Conv', [shares, numbers]), integers(1, 4, -1)]);
      const anchors = constant(
        [1, 2, cells.length],
        Float32Array.from([...cells.map(({ x }) => x), ...cells.map(({ y }) => y)]),
      );
      const low = add('Sub', [anchors, slice(distances, 0, 2)]);
      const high = add('Add', [anchors, slice(distances, 2, 4)]);
      const half = constant([1], Float32Array.of(0.5));
      const centre = add('Mul', [add('Add', [low, high]), half]);
      const both = add('Concat', [centre, add('Sub', [high, low])], { axis: 1 });
      const strides = constant(
        [1, 1, cells.length],
        Float32Array.from(cells, ({ stride }) => stride),
      );
      output(add('Mul', [both, strides]), unary('Sigmoid', scores));
    },
    flop: () => flops,
    parameters: () => weights,
    finish(side: number, fields: number): OnnxGraph {
      const cells = STRIDES.reduce((sum, stride) => sum + (side / stride) ** 2, 0);
      return {
        nodes,
        constants,
        input: { name: 'images', dims: [1, 3, side, side] },
        output: { name: 'output', dims: [1, fields, cells] },
      };
    },
  };
}
