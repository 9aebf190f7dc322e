import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PbfReader } from 'pbf';
import { scratch } from './scratch.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/construction-site');

export interface WorkspaceOptions {
  readonly images: number;
  /** YAML of the config's `suite.perturbations`, at severity 3. */
  readonly perturbations: string;
  /** YAML of the config's `gate`. */
  readonly gate?: string;
  /** YAML of the config's `predictor`; else the model in the workspace. */
  readonly predictor?: string;
}

/** The config of a workspace. */
export function configText({ perturbations, gate, predictor }: WorkspaceOptions): string {
  return `version: 1
name: site
dataset: {format: yolo, path: data.yaml, split: test}
predictor: ${predictor ?? '{kind: onnx, model: candidate.onnx}'}
suite: {perturbations: ${perturbations}, severities: [3]}
${gate === undefined ? '' : `gate: ${gate}\n`}`;
}

/** A repository's working tree: config, drawn images with their labels, and one model. */
export async function makeWorkspace(model: Uint8Array, options: WorkspaceOptions): Promise<string> {
  const folder = await scratch('workspace');
  const names = (await readdir(join(EXAMPLE, 'images/test'))).sort().slice(0, options.images);
  await mkdir(join(folder, 'images/test'), { recursive: true });
  await mkdir(join(folder, 'labels/test'), { recursive: true });
  for (const name of names) {
    const label = name.replace(/\.jpg$/, '.txt');
    await cp(join(EXAMPLE, 'images/test', name), join(folder, 'images/test', name));
    await cp(join(EXAMPLE, 'labels/test', label), join(folder, 'labels/test', label));
  }
  await cp(join(EXAMPLE, 'data.yaml'), join(folder, 'data.yaml'));
  await writeFile(join(folder, 'candidate.onnx'), model);
  await writeFile(join(folder, 'robustness.yml'), configText(options));
  return folder;
}

/** One of the example's models: `a`, `b`. */
export function exampleModel(name: string): Promise<Uint8Array> {
  return readFile(join(EXAMPLE, 'models', `${name}.onnx`));
}

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR_RAW_DATA = 9;

/** A copy of an ONNX model with every `period`-th number of its largest weight tensor set to zero. */
export function damaged(model: Uint8Array, period: number): Uint8Array {
  const { start, end } = largestTensor(model);
  const copy = Uint8Array.from(model);
  for (let at = start; at + 4 <= end; at += 4 * period) copy.fill(0, at, at + 4);
  return copy;
}

function largestTensor(model: Uint8Array): { start: number; end: number } {
  const largest = { start: 0, end: 0 };
  const readTensor = (tag: number, _: null, reader: PbfReader): void => {
    if (tag !== TENSOR_RAW_DATA) return;
    const length = reader.readVarint();
    const start = reader.pos;
    reader.pos = start + length;
    if (length > largest.end - largest.start) Object.assign(largest, { start, end: reader.pos });
  };
  new PbfReader(model).readFields((tag, _, reader) => {
    if (tag !== MODEL_GRAPH) return;
    reader.readMessage((field) => {
      if (field === GRAPH_INITIALIZER) reader.readMessage(readTensor, null);
    }, null);
  }, null);
  if (largest.end === 0) throw new Error('no weights found');
  return largest;
}
