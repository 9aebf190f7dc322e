import { Buffer } from 'node:buffer';
import type { Run } from '../baseline/run.ts';
import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import type { FailureExample } from '../compare/comparison.ts';
import type { Progress } from '../evaluate/progress.ts';
import { detectionErrors } from '../evaluate/errors.ts';
import { findObjects, type FoundCondition } from '../evaluate/risk.ts';
import { matchCondition, type MatchedCondition } from '../evaluate/score.ts';
import { encodeWebp } from '../image/codec.ts';
import type { Image } from '../image/image.ts';
import { shrink } from '../image/shrink.ts';
import type { FailurePicture, Picture, PictureBox } from './report.ts';

/** Sizes to try, the best first: noise does not compress. */
const encodings = [
  { width: 640, quality: 72 },
  { width: 640, quality: 45 },
  { width: 512, quality: 35 },
] as const;

/** Bytes of a picture over which the next smaller size is tried. */
const FEW_BYTES = 100_000;

/** All pictures together, base64 included: the report stays under 5 MB. */
const MAX_BYTES = 3.6e6;

/** Loads an image and what a condition makes of it; null where it is not at hand. */
export type LoadPair = (
  rank: number,
  condition: string,
) => Promise<{ readonly original: Image; readonly changed: Image } | null>;

/** Ground truth and detections of a condition. */
export interface Tables {
  readonly truth: TruthTable;
  readonly detections: DetectionTable;
}

/**
 * Draws failure examples: both images, and on them what every model found at its operating confidence (IoU .50,
 * same class). Leaves out what is not at hand; stops where the pictures would take more than 3.6 MB.
 *
 * @param examples Those of a condition one after the other: tables are read one condition at a time.
 * @param runs     The models in the order in which they are shown. Ranks are of the last one.
 * @param progress Told picture by picture.
 */
export async function drawFailures<E extends FailureExample>(
  examples: readonly E[],
  runs: readonly Run[],
  load: LoadPair,
  progress?: Progress,
): Promise<FailurePicture<E>[]> {
  if (examples.length === 0) return [];
  const pictures: FailurePicture<E>[] = [];
  const readers = runs.map(tableReader);
  let bytes = 0;
  progress?.start('draw', examples.length, 0, 'pictures');
  for (const example of examples) {
    progress?.advance(1, example.condition);
    const images = await load(example.image, example.condition);
    if (!images) continue;
    const views = [];
    for (const [index, run] of runs.entries()) {
      const rank = rankIn(run, runs.at(-1), example.image);
      views.push(
        rank === null ? null : await viewOf(run, readers[index]!, rank, example.condition),
      );
    }
    const original = await draw(images.original, views, 'original');
    const changed = await draw(images.changed, views, 'changed');
    bytes += original.webp.length + changed.webp.length;
    if (bytes > MAX_BYTES) break;
    pictures.push({ example, original, changed });
  }
  progress?.finish();
  return pictures;
}

async function encode(image: Image): Promise<Uint8Array> {
  let encoded = new Uint8Array();
  for (const { width, quality } of encodings) {
    encoded = Uint8Array.from(await encodeWebp(shrink(image, width), quality));
    if (encoded.length <= FEW_BYTES) break;
  }
  return encoded;
}

type TableReader = (condition: string) => Promise<Tables | null>;

/** Reads the tables of a run; those of clean images and of the last condition are kept. */
function tableReader(run: Run): TableReader {
  const read = async (id: string): Promise<Tables | null> => {
    const index = run.manifest.suite.conditions.findIndex((condition) => condition.id === id);
    if (index < 0) return null;
    return { truth: await run.truth(index), detections: await run.detections(index) };
  };
  const kept = new Map<string, Promise<Tables | null>>();
  return async (id) => {
    const known = kept.get(id);
    if (known) return known;
    for (const other of kept.keys()) if (other !== 'clean') kept.delete(other);
    const tables = read(id);
    kept.set(id, tables);
    return tables;
  };
}

/** The rank that an image of `from` has in another run, by its content; null where it lacks it. */
function rankIn(run: Run, from: Run | undefined, rank: number): number | null {
  if (run === from) return rank;
  const digest = from?.manifest.images[rank]?.digest;
  const own = run.manifest.images[rank];
  if (own?.digest === digest) return rank;
  const found = run.manifest.images.findIndex((image) => image.digest === digest);
  return found < 0 ? null : found;
}

/** What one model finds in an image, and what is there. */
interface View {
  readonly original: readonly PictureBox[];
  readonly changed: readonly PictureBox[];
  readonly truth: { readonly original: PictureBox[]; readonly changed: PictureBox[] };
}

async function viewOf(
  run: Run,
  read: TableReader,
  rank: number,
  condition: string,
): Promise<View | null> {
  const { dataset, confidence } = run.manifest;
  const [clean, changed] = [await read('clean'), await read(condition)];
  if (!clean || !changed) return null;
  const found = (tables: Tables): FoundCondition => {
    const { truth, detections } = imageTables(tables, rank);
    const matched = matchCondition(truth, detections, dataset.classes.length);
    return findObjects(matched, confidence.value);
  };
  const [before, after] = [found(clean), found(changed)];
  const foundBefore = (row: number): boolean => before.findings.found[row] === 1;
  return {
    original: boxesOf(before, dataset.classes, confidence.value, () => false),
    changed: boxesOf(after, dataset.classes, confidence.value, foundBefore),
    truth: {
      original: truthBoxes(before, dataset.classes),
      changed: truthBoxes(after, dataset.classes),
    },
  };
}

async function draw(
  image: Image,
  views: readonly (View | null)[],
  side: 'original' | 'changed',
): Promise<Picture> {
  const encoded = await encode(image);
  const { width, height } = image;
  return {
    webp: Buffer.from(encoded).toString('base64'),
    width,
    height,
    truth: views.findLast((view) => view !== null)?.truth[side] ?? [],
    models: views.map((view) => view?.[side] ?? null),
  };
}

/** The tables of one image alone. */
export function imageTables({ truth, detections }: Tables, rank: number): Tables {
  const rows = ({ offsets }: { offsets: Uint32Array }): [number, number] => [
    offsets[rank] ?? 0,
    offsets[rank + 1] ?? 0,
  ];
  const [t, tEnd] = rows(truth);
  const [d, dEnd] = rows(detections);
  return {
    truth: {
      offsets: Uint32Array.of(0, tEnd - t),
      boxes: truth.boxes.subarray(4 * t, 4 * tEnd),
      classes: truth.classes.subarray(t, tEnd),
      areas: truth.areas.subarray(t, tEnd),
      crowd: truth.crowd.subarray(t, tEnd),
      ignored: truth.ignored.subarray(t, tEnd),
    },
    detections: {
      offsets: Uint32Array.of(0, dEnd - d),
      boxes: detections.boxes.subarray(4 * d, 4 * dEnd),
      classes: detections.classes.subarray(d, dEnd),
      confidences: detections.confidences.subarray(d, dEnd),
    },
  };
}

/** Every object that counts. */
function truthBoxes({ truth }: MatchedCondition, classes: readonly string[]): PictureBox[] {
  return Array.from(truth.classes.keys())
    .filter((row) => !truth.ignored[row] && !truth.crowd[row])
    .map((row) => objectBox('truth', truth, row, classes));
}

/** What is not found, then what is found, then what is false; ignored ones are not drawn. */
function boxesOf(
  condition: FoundCondition,
  classes: readonly string[],
  confidence: number,
  foundBefore: (row: number) => boolean,
): PictureBox[] {
  const { truth, detections } = condition;
  const { missed, ghosts, confusions } = detectionErrors(condition);
  const detected = (kind: PictureBox['kind'], row: number): PictureBox => ({
    kind,
    box: boxAt(detections.boxes, row),
    class: classes[detections.classes[row] ?? -1] ?? '',
    confidence: detections.confidences[row] ?? null,
  });
  const lost = [...missed, ...confusions.map(({ object }) => object)].filter(foundBefore);
  return [
    ...lost.sort((a, b) => a - b).map((row) => objectBox('lost', truth, row, classes)),
    ...missed
      .filter((row) => !foundBefore(row))
      .map((row) => objectBox('missed', truth, row, classes)),
    ...hits(condition, confidence).map((row) => detected('found', row)),
    ...confusions.map(({ kind, detection }) => detected(kind, detection)),
    ...ghosts.map((row) => detected('ghost', row)),
  ];
}

function objectBox(
  kind: 'truth' | 'lost' | 'missed',
  truth: TruthTable,
  row: number,
  classes: readonly string[],
): PictureBox {
  return {
    kind,
    box: boxAt(truth.boxes, row),
    class: classes[truth.classes[row] ?? -1] ?? '',
    confidence: null,
  };
}

/** Rows of detections that find an object which counts. */
export function hits({ detections, matches }: MatchedCondition, confidence: number): number[] {
  return [...detections.confidences.keys()].filter(
    (row) =>
      (detections.confidences[row] ?? 0) >= confidence &&
      (matches.object[row] ?? -1) >= 0 &&
      !((matches.ignored[row] ?? 0) & 1),
  );
}

/** Corners of the box in a row. */
export function boxAt(boxes: Float64Array, row: number): [number, number, number, number] {
  const at = 4 * row;
  return [boxes[at] ?? 0, boxes[at + 1] ?? 0, boxes[at + 2] ?? 0, boxes[at + 3] ?? 0];
}
