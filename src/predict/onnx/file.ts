import { PbfReader } from 'pbf';

/** What the file of an ONNX model says of itself, without running it. */
export interface OnnxFile {
  /** Class names from the metadata key `names`, as Ultralytics exports have it; null when absent. */
  readonly names: readonly string[] | null;
  /** Input size from the metadata key `imgsz`; null when absent. */
  readonly imageSize: { readonly width: number; readonly height: number } | null;
  /** Whether weights lie in other files. */
  readonly externalData: boolean;
}

// Field numbers of onnx.proto (onnx/onnx, IR version 10).
const MODEL_GRAPH = 7;
const MODEL_METADATA = 14;
const ENTRY_KEY = 1;
const ENTRY_VALUE = 2;
const GRAPH_NODE = 1;
const GRAPH_INITIALIZER = 5;
const TENSOR_EXTERNAL_DATA = 13;

/**
 * Reads metadata and the table of weights.
 *
 * @param bytes The whole file.
 * @returns     null when it is not an ONNX model.
 */
export function readOnnxFile(bytes: Uint8Array): OnnxFile | null {
  const state = { nodes: 0, externalData: false, metadata: new Map<string, string>() };
  try {
    new PbfReader(bytes).readFields((tag, _, reader) => {
      if (tag === MODEL_GRAPH) reader.readMessage(readGraphField, state);
      else if (tag === MODEL_METADATA) {
        const entry = reader.readMessage(readEntryField, { key: '', value: '' });
        state.metadata.set(entry.key, entry.value);
      }
    }, state);
  } catch {
    return null;
  }
  if (state.nodes === 0) return null;
  return {
    names: parseNames(state.metadata.get('names')),
    imageSize: parseImageSize(state.metadata.get('imgsz')),
    externalData: state.externalData,
  };
}

function readGraphField(
  tag: number,
  state: { nodes: number; externalData: boolean },
  reader: PbfReader,
): void {
  if (tag === GRAPH_NODE) state.nodes += 1;
  if (tag !== GRAPH_INITIALIZER) return;
  reader.readMessage((field) => {
    if (field === TENSOR_EXTERNAL_DATA) state.externalData = true;
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

function parseImageSize(text: string | undefined): OnnxFile['imageSize'] {
  const match = /^\s*\[?\s*(\d+)(?:\s*,\s*(\d+))?\s*\]?\s*$/.exec(text ?? '');
  if (!match?.[1]) return null;
  const height = Number(match[1]);
  return { height, width: match[2] === undefined ? height : Number(match[2]) };
}
