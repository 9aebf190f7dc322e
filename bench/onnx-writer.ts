import { PbfWriter } from 'pbf';

type Attribute = number | readonly number[] | string;

export interface Tensor {
  readonly dims: readonly number[];
  /** Floats, or the 64-bit integers of a shape. */
  readonly data: Float32Array | BigInt64Array;
}

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly input: { readonly name: string; readonly dims: readonly number[] };
  readonly output: { readonly name: string; readonly dims: readonly number[] };
}

const FLOAT = 1;
const INT64 = 7;

/** An ONNX file of operator set 13, by the field numbers of onnx.proto. */
export function writeOnnx(graph: OnnxGraph): Uint8Array {
  const model = new PbfWriter();
  model.writeVarintField(1, 8); // ir_version
  model.writeMessage(7, writeGraph, graph);
  model.writeMessage(8, (version, pbf) => pbf.writeVarintField(2, version), 13); // opset_import
  return model.finish();
}

function writeGraph(graph: OnnxGraph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeStringField(2, 'graph');
  for (const constant of graph.constants) pbf.writeMessage(5, writeTensor, constant);
  pbf.writeMessage(11, writeValue, graph.input);
  pbf.writeMessage(12, writeValue, graph.output);
}

function writeNode({ op, inputs, outputs, attributes = {} }: OnnxNode, pbf: PbfWriter): void {
  for (const input of inputs) pbf.writeStringField(1, input);
  for (const output of outputs) pbf.writeStringField(2, output);
  pbf.writeStringField(4, op);
  for (const attribute of Object.entries(attributes))
    pbf.writeMessage(5, writeAttribute, attribute);
}

function writeAttribute([name, value]: [string, Attribute], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if (typeof value === 'number') {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, 2); // INT
  } else if (typeof value === 'string') {
    pbf.writeStringField(4, value);
    pbf.writeVarintField(20, 3); // STRING
  } else {
    for (const one of value) pbf.writeVarintField(8, one);
    pbf.writeVarintField(20, 7); // INTS
  }
}

function writeTensor([name, { dims, data }]: [string, Tensor], pbf: PbfWriter): void {
  for (const dim of dims) pbf.writeVarintField(1, dim);
  pbf.writeVarintField(2, data instanceof Float32Array ? FLOAT : INT64);
  pbf.writeStringField(8, name);
  pbf.writeBytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writeValue({ name, dims }: OnnxGraph['input'], pbf: PbfWriter): void {
  const dimension = (dim: number, to: PbfWriter): void => to.writeVarintField(1, dim);
  pbf.writeStringField(1, name);
  pbf.writeMessage(
    2,
    (_, type) =>
      type.writeMessage(
        1,
        (__, tensor) => {
          tensor.writeVarintField(1, FLOAT);
          tensor.writeMessage(
            2,
            (___, shape) => dims.forEach((dim) => shape.writeMessage(1, dimension, dim)),
            null,
          );
        },
        null,
      ),
    null,
  );
}
