import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import { GateError, messageOf } from '../errors.ts';
import type { RunManifest } from './manifest.ts';
import { readParquetColumns } from './parquet.ts';
import { createSpool } from './spool.ts';
import { DETECTION_COLUMNS, TRUTH_COLUMNS } from './tables.ts';

/** What of a manifest the tables are read by. */
export type TableKeys = Pick<RunManifest, 'images' | 'suite' | 'dataset'>;

/** Bytes of a table that are held in memory at once. */
const IN_MEMORY = 32 * 2 ** 20;

// Offsets into a record; image and class are 32-bit numbers in both.
const IMAGE = 0;
const CLASS = 4;
const DETECTION = { confidence: 8, box: 12, bytes: 28 } as const;
const TRUTH = { crowd: 8, ignored: 9, box: 16, area: 48, bytes: 56 } as const;

/**
 * Reads detections.parquet once.
 *
 * @returns Gives the table of one condition.
 * @throws GateError when a row names what run.json does not have, or is no number.
 */
export async function readDetections(
  file: string,
  keys: TableKeys,
): Promise<(condition: number) => Promise<DetectionTable>> {
  const find = indexes(keys, file);
  const spool = createSpool(keys.suite.conditions.length, DETECTION.bytes, IN_MEMORY);
  await readGroups(file, Object.keys(DETECTION_COLUMNS), (columns, rows) => {
    const [image, condition, className, confidence, ...corners] = columns;
    for (let i = 0; i < rows; i++) {
      const record = spool.append(find.condition(condition![i]));
      record.setUint32(IMAGE, find.image(image![i]), true);
      record.setInt32(CLASS, find.class(className![i]), true);
      const at = { file, image: image![i], condition: condition![i] };
      record.setFloat32(DETECTION.confidence, probability(confidence![i], at), true);
      for (let k = 0; k < 4; k++) {
        record.setFloat32(DETECTION.box + 4 * k, finite(corners[k]![i], at), true);
      }
    }
  });
  return async (condition) => {
    const view = await spool.read(condition);
    const rows = view.byteLength / DETECTION.bytes;
    const at = (row: number): number => row * DETECTION.bytes;
    return {
      offsets: offsetsOf(view, rows, DETECTION.bytes, keys.images.length),
      classes: Int32Array.from({ length: rows }, (_, row) => view.getInt32(at(row) + CLASS, true)),
      confidences: Float64Array.from({ length: rows }, (_, row) =>
        view.getFloat32(at(row) + DETECTION.confidence, true),
      ),
      boxes: Float64Array.from({ length: 4 * rows }, (_, i) =>
        view.getFloat32(at(i >> 2) + DETECTION.box + 4 * (i & 3), true),
      ),
    };
  };
}

/**
 * Reads truth.parquet once.
 *
 * @returns Gives the table of one condition.
 * @throws GateError when a row names what run.json does not have, or objects are out of order.
 */
export async function readTruth(
  file: string,
  keys: TableKeys,
): Promise<(condition: number) => Promise<TruthTable>> {
  const find = indexes(keys, file);
  const spool = createSpool(keys.suite.conditions.length, TRUTH.bytes, IN_MEMORY);
  await readGroups(file, Object.keys(TRUTH_COLUMNS), (columns, rows) => {
    const [image, condition, , className, x1, y1, x2, y2, area, crowd, ignored] = columns;
    for (let i = 0; i < rows; i++) {
      const record = spool.append(find.condition(condition![i]));
      record.setUint32(IMAGE, find.image(image![i]), true);
      record.setInt32(CLASS, find.class(className![i]), true);
      record.setUint8(TRUTH.crowd, Number(crowd![i]));
      record.setUint8(TRUTH.ignored, Number(ignored![i]));
      const at = { file, image: image![i], condition: condition![i] };
      [x1, y1, x2, y2].forEach((corner, k) =>
        record.setFloat64(TRUTH.box + 8 * k, finite(corner![i], at), true),
      );
      record.setFloat64(TRUTH.area, finite(area![i], at), true);
    }
  });
  return async (condition) => {
    const view = await spool.read(condition);
    const rows = view.byteLength / TRUTH.bytes;
    const at = (row: number): number => row * TRUTH.bytes;
    return {
      offsets: offsetsOf(view, rows, TRUTH.bytes, keys.images.length),
      classes: Int32Array.from({ length: rows }, (_, row) => view.getInt32(at(row) + CLASS, true)),
      crowd: Uint8Array.from({ length: rows }, (_, row) => view.getUint8(at(row) + TRUTH.crowd)),
      ignored: Uint8Array.from({ length: rows }, (_, row) =>
        view.getUint8(at(row) + TRUTH.ignored),
      ),
      areas: Float64Array.from({ length: rows }, (_, row) =>
        view.getFloat64(at(row) + TRUTH.area, true),
      ),
      boxes: Float64Array.from({ length: 4 * rows }, (_, i) =>
        view.getFloat64(at(i >> 2) + TRUTH.box + 8 * (i & 3), true),
      ),
    };
  };
}

async function readGroups(
  file: string,
  columns: readonly string[],
  onGroup: Parameters<typeof readParquetColumns>[2],
): Promise<void> {
  try {
    await readParquetColumns(file, columns, onGroup);
  } catch (error) {
    if (error instanceof GateError) throw error;
    throw new GateError(
      'run-directory',
      { message: `${file} cannot be read: ${messageOf(error)}` },
      { cause: error },
    );
  }
}

/** Where each image's rows begin; the file is sorted by image. */
function offsetsOf(view: DataView, rows: number, bytes: number, images: number): Uint32Array {
  const offsets = new Uint32Array(images + 1);
  for (let row = 0; row < rows; row++) offsets[view.getUint32(row * bytes + IMAGE, true) + 1]! += 1;
  for (let image = 0; image < images; image++) offsets[image + 1]! += offsets[image]!;
  return offsets;
}

/** Numbers of images, conditions and classes by their names; a name that the manifest lacks is refused. */
function indexes(keys: TableKeys, file: string) {
  const index = (what: string, names: readonly string[]) => {
    const numbers = new Map<unknown, number>(names.map((name, i) => [name, i]));
    let last: { name: unknown; number: number } | null = null;
    return (name: unknown): number => {
      // Rows of one image under one condition follow each other.
      if (last !== null && last.name === name) return last.number;
      const number = numbers.get(name);
      if (number !== undefined) {
        last = { name, number };
        return number;
      }
      throw new GateError('run-directory', {
        message: `${file}: ${what} ${JSON.stringify(name)} is not in run.json`,
      });
    };
  };
  return {
    image: index(
      'image',
      keys.images.map(({ id }) => id),
    ),
    condition: index(
      'condition',
      keys.suite.conditions.map(({ id }) => id),
    ),
    class: index('class', keys.dataset.classes),
  };
}

interface Cell {
  readonly file: string;
  readonly image: unknown;
  readonly condition: unknown;
}

function finite(value: unknown, at: Cell): number {
  // What float32 cannot hold would be read back as infinite.
  if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value;
  throw noNumber(value, at, 'no number to count with');
}

function probability(value: unknown, at: Cell): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw noNumber(value, at, 'no confidence from 0 to 1');
}

function noNumber(value: unknown, { file, image, condition }: Cell, what: string): GateError {
  return new GateError('run-directory', {
    message: `${file}: image ${JSON.stringify(image)} under ${JSON.stringify(condition)} has ${String(value)}, which is ${what}`,
    fix: 'evaluate that model again: its run is damaged, or its predictor answers nonsense',
  });
}
