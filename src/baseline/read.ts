import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DetectionTable, Detections, GroundTruth, TruthTable } from '../boxes/labels.ts';
import { GateError, messageOf } from '../errors.ts';
import { digestOfFile } from './digest.ts';
import { type RunManifest, RunManifestSchema } from './manifest.ts';
import { readParquetColumns } from './parquet.ts';
import type { Run } from './run.ts';
import { DETECTION_COLUMNS, joinDetections, joinTruth, TRUTH_COLUMNS } from './tables.ts';

const NAMES = { manifest: 'run.json', detections: 'detections.parquet', truth: 'truth.parquet' };

/** The files of a run directory, and nothing else is one. */
export const RUN_FILES = Object.values(NAMES);

/**
 * Opens a run directory. Both tables are checked against the digests in run.json before they are used.
 *
 * @throws GateError naming the file that is missing, damaged or of another version.
 */
export async function readRun(directory: string): Promise<Run> {
  const manifest = await readManifest(directory);
  return { manifest, ...(await openTables(directory, manifest)) };
}

/** What of a manifest the tables are read by. */
type TableKeys = Pick<RunManifest, 'images' | 'suite' | 'dataset' | 'files'>;

/**
 * Opens the two tables of a run, checked against their digests.
 *
 * @throws GateError naming the file that is missing or damaged.
 */
export async function openTables(
  directory: string,
  manifest: TableKeys,
): Promise<Omit<Run, 'manifest'>> {
  for (const table of ['detections', 'truth'] as const) {
    const file = join(directory, NAMES[table]);
    const digest = await digestOfFile(file);
    if (digest === manifest.files[table]) continue;
    throw new GateError('run-directory', {
      message:
        digest === null
          ? `${file} is missing`
          : `${file} is damaged: its SHA-256 is ${digest}, run.json says ${manifest.files[table]}`,
      fix: 'make the run again, or download it again',
    });
  }
  const detections = once(() => readDetections(join(directory, NAMES.detections), manifest));
  const truth = once(() => readTruth(join(directory, NAMES.truth), manifest));
  return {
    detections: async (condition) => (await detections())[condition]!,
    truth: async (condition) => (await truth())[condition]!,
  };
}

/**
 * Reads and checks run.json alone.
 *
 * @throws GateError when it is missing, not JSON, or not a run of this version.
 */
export async function readManifest(directory: string): Promise<RunManifest> {
  const file = join(directory, NAMES.manifest);
  const fail = (message: string): never => {
    throw new GateError('run-directory', {
      message,
      place: { file },
      fix: 'a run directory holds run.json, detections.parquet and truth.parquet, as `robustness-gate run` writes them',
    });
  };
  const text = await readFile(file, 'utf8').catch(() =>
    fail('there is no run here: run.json is missing'),
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`not JSON: ${messageOf(error)}`);
  }
  const result = RunManifestSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    return fail(`not a run of this version: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return result.data;
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => (value ??= load());
}

/** Numbers of images, conditions and classes by their names; a name that the manifest lacks is refused. */
function indexes(manifest: TableKeys, file: string) {
  const index = (what: string, names: readonly string[]) => {
    const numbers = new Map(names.map((name, i) => [name, i]));
    return (name: unknown): number => {
      const number = typeof name === 'string' ? numbers.get(name) : undefined;
      if (number !== undefined) return number;
      throw new GateError('run-directory', {
        message: `${file}: ${what} ${String(name)} is not in run.json`,
      });
    };
  };
  return {
    image: index(
      'image',
      manifest.images.map(({ id }) => id),
    ),
    condition: index(
      'condition',
      manifest.suite.conditions.map(({ id }) => id),
    ),
    class: index('class', manifest.dataset.classes),
  };
}

/** One list of rows for each condition and image. */
function grid<T>(manifest: TableKeys, make: () => T): T[][] {
  return manifest.suite.conditions.map(() => manifest.images.map(make));
}

async function readDetections(file: string, manifest: TableKeys): Promise<DetectionTable[]> {
  const find = indexes(manifest, file);
  const cells = grid(manifest, () => ({
    boxes: [] as number[],
    classes: [] as number[],
    confidences: [] as number[],
  }));
  await readParquetColumns(file, Object.keys(DETECTION_COLUMNS), (columns, rows) => {
    const [image, condition, className, confidence, x1, y1, x2, y2] = columns;
    for (let i = 0; i < rows; i++) {
      const cell = cells[find.condition(condition![i])]![find.image(image![i])]!;
      cell.classes.push(find.class(className![i]));
      cell.confidences.push(Number(confidence![i]));
      cell.boxes.push(Number(x1![i]), Number(y1![i]), Number(x2![i]), Number(y2![i]));
    }
  });
  return cells.map((images) =>
    joinDetections(
      images.map((cell): Detections => ({
        boxes: Float64Array.from(cell.boxes),
        classes: Int32Array.from(cell.classes),
        confidences: Float64Array.from(cell.confidences),
      })),
    ),
  );
}

async function readTruth(file: string, manifest: TableKeys): Promise<TruthTable[]> {
  const find = indexes(manifest, file);
  const cells = grid(manifest, () => ({
    boxes: [] as number[],
    classes: [] as number[],
    areas: [] as number[],
    crowd: [] as number[],
    ignored: [] as number[],
  }));
  await readParquetColumns(file, Object.keys(TRUTH_COLUMNS), (columns, rows) => {
    const [image, condition, object, className, x1, y1, x2, y2, area, crowd, ignored] = columns;
    for (let i = 0; i < rows; i++) {
      const cell = cells[find.condition(condition![i])]![find.image(image![i])]!;
      if (Number(object![i]) !== cell.classes.length) {
        throw new GateError('run-directory', {
          message: `${file}: objects are out of order at row ${i}`,
        });
      }
      cell.classes.push(find.class(className![i]));
      cell.boxes.push(Number(x1![i]), Number(y1![i]), Number(x2![i]), Number(y2![i]));
      cell.areas.push(Number(area![i]));
      cell.crowd.push(Number(crowd![i]));
      cell.ignored.push(Number(ignored![i]));
    }
  });
  return cells.map((images) =>
    joinTruth(
      images.map((cell): GroundTruth => ({
        boxes: Float64Array.from(cell.boxes),
        classes: Int32Array.from(cell.classes),
        areas: Float64Array.from(cell.areas),
        crowd: Uint8Array.from(cell.crowd),
        ignored: Uint8Array.from(cell.ignored),
      })),
    ),
  );
}
