import { PbfReader } from 'pbf';

/** What the file of an ONNX model says of itself, without running it. */
export interface OnnxFile {
  /** Class names from the metadata key `names`, as Ultralytics exports have it; null when absent. */
  readonly names: readonly string[] | null;
  /** Input size from the metadata key `imgsz`; null when absent. */
  readonly imageSize: { readonly width: number; readonly height: number } | null;
  /** The metadata key `task`; null when absent. */
  readonly task: string | null;
  /** Whether the metadata says that boxes are final: NMS is inside (`nms`), or none is needed (`end2end`). */
  readonly endToEnd: boolean;
  /** Whether weights lie in other files. */
  readonly externalData: boolean;
}

// Field numbers of onnx.proto (onnx/onnx, IR version 10).
const MODEL_GRAPH = 7;
const MODEL_METADATA = 14;
const MODEL_TRAINING = 20;
const MODEL_FUNCTIONS = 25;
const ENTRY_KEY = 1;
const ENTRY_VALUE = 2;
const TENSOR_EXTERNAL_DATA = 13;
const TENSOR_DATA_LOCATION = 14;

/** Messages that may hold tensors, and in which of their fields: weights can hide in all of them. */
const CONTENTS = {
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  function: { 7: 'node', 11: 'attribute' },
  training: { 1: 'graph', 2: 'graph' },
  tensor: {},
} as const satisfies Record<string, Record<number, string>>;

type Kind = keyof typeof CONTENTS;

interface Scan {
  nodes: number;
  externalData: boolean;
  readonly metadata: Map<string, string>;
}

/**
 * Reads metadata and the table of weights.
 *
 * @param bytes The whole file.
 * @returns     null when it is not an ONNX model.
 */
export function readOnnxFile(bytes: Uint8Array): OnnxFile | null {
  const state: Scan = { nodes: 0, externalData: false, metadata: new Map() };
  try {
    new PbfReader(bytes).readFields((tag, scan, reader) => {
      if (tag === MODEL_GRAPH) scanMessage('graph', scan, reader);
      else if (tag === MODEL_TRAINING) scanMessage('training', scan, reader);
      else if (tag === MODEL_FUNCTIONS) scanMessage('function', scan, reader);
      else if (tag === MODEL_METADATA) {
        const entry = reader.readMessage(readEntryField, { key: '', value: '' });
        scan.metadata.set(entry.key, entry.value);
      }
    }, state);
  } catch {
    return null;
  }
  if (state.nodes === 0) return null;
  return {
    names: parseNames(state.metadata.get('names')),
    imageSize: parseImageSize(state.metadata.get('imgsz')),
    task: state.metadata.get('task') ?? null,
    endToEnd: saysEndToEnd(state.metadata),
    externalData: state.externalData,
  };
}

/** Looks through a message and all that it holds for tensors whose data lies in another file. */
function scanMessage(kind: Kind, scan: Scan, reader: PbfReader): void {
  const contents = new Map<number, Kind>(
    Object.entries(CONTENTS[kind]).map(([field, inner]) => [Number(field), inner]),
  );
  reader.readMessage((tag) => {
    if (kind === 'graph' && tag === 1) scan.nodes += 1;
    if (kind === 'tensor' && tag === TENSOR_EXTERNAL_DATA) scan.externalData = true;
    if (kind === 'tensor' && tag === TENSOR_DATA_LOCATION && reader.readVarint() !== 0) {
      scan.externalData = true;
    }
    const inner = contents.get(tag);
    if (inner) scanMessage(inner, scan, reader);
  }, null);
}

function readEntryField(
  tag: number,
  entry: { key: string; value: string },
  reader: PbfReader,
): void {
  if (tag === ENTRY_KEY) entry.key = reader.readString();
  if (tag === ENTRY_VALUE) entry.value = reader.readString();
}

/** `{0: 'person', 1: "driver's seat"}` (Python's repr) or JSON, as a list; null when it is neither. */
export function parseNames(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const names: string[] = [];
  const body = text
    .trim()
    .replace(/^[{[]/, '')
    .replace(/[}\]]$/, '');
  const entry =
    /\s*(?:["']?(\d+)["']?\s*:\s*)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,|$)/gy;
  let end = 0;
  for (let match = entry.exec(body); match; match = entry.exec(body)) {
    const index = match[1] === undefined ? names.length : Number(match[1]);
    if (index !== names.length) return null;
    names.push((match[2] ?? match[3] ?? '').replace(/\\(.)/g, '$1'));
    end = entry.lastIndex;
  }
  return names.length > 0 && body.slice(end).trim() === '' ? names : null;
}

/** As Ultralytics writes it: `end2end: True`, and `args: {'nms': True, …}`. */
function saysEndToEnd(metadata: ReadonlyMap<string, string>): boolean {
  return (
    metadata.get('end2end') === 'True' ||
    /["']nms["']\s*:\s*true\b/i.test(metadata.get('args') ?? '')
  );
}

function parseImageSize(text: string | undefined): OnnxFile['imageSize'] {
  const match = /^\s*\[?\s*(\d+)(?:\s*,\s*(\d+))?\s*\]?\s*$/.exec(text ?? '');
  if (!match?.[1]) return null;
  const height = Number(match[1]);
  return { height, width: match[2] === undefined ? height : Number(match[2]) };
}
