import { Buffer } from 'node:buffer';
import type { Run } from '../baseline/run.ts';
import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import type { FailureExample } from '../compare/comparison.ts';
import { findObjects } from '../evaluate/risk.ts';
import { matchCondition, type MatchedCondition } from '../evaluate/score.ts';
import { encodeWebp } from '../image/codec.ts';
import type { Image } from '../image/image.ts';
import type { FailurePicture, Picture, PictureBox } from './report.ts';

const MAX_WIDTH = 640;
const QUALITY = 72;

/** All pictures together, base64 included: the report stays under 5 MB. */
const MAX_BYTES = 3.6e6;

/** Loads an image of the data set and what a condition makes of it. */
export type LoadPair = (
  rank: number,
  condition: string,
) => Promise<{ original: Image; changed: Image }>;

interface Tables {
  readonly truth: TruthTable;
  readonly detections: DetectionTable;
}

/**
 * Draws failure examples: both images, and on them what the candidate found at its operating confidence
 * (IoU .50, same class). Stops where the pictures would take more than 3.6 MB.
 *
 * @param candidate Its tables are read one condition at a time.
 */
export async function drawFailures(
  examples: readonly FailureExample[],
  candidate: Run,
  load: LoadPair,
): Promise<FailurePicture[]> {
  const { suite, dataset, confidence } = candidate.manifest;
  const tables = async (id: string): Promise<Tables> => {
    const index = suite.conditions.findIndex((condition) => condition.id === id);
    return {
      truth: await candidate.truth(index),
      detections: await candidate.detections(index),
    };
  };
  const clean = examples.length > 0 ? await tables('clean') : null;
  const pictures: FailurePicture[] = [];
  let bytes = 0;
  for (const example of examples) {
    if (!clean) break;
    const boxes = (of: Tables, lost: readonly number[]): PictureBox[] =>
      boxesOf(imageTables(of, example.image), lost, dataset.classes, confidence.value);
    const images = await load(example.image, example.condition);
    const original = await draw(images.original, boxes(clean, []));
    const changed = await draw(
      images.changed,
      boxes(await tables(example.condition), example.objects),
    );
    bytes += original.webp.length + changed.webp.length;
    if (bytes > MAX_BYTES) break;
    pictures.push({ example, original, changed });
  }
  return pictures;
}

async function draw(image: Image, boxes: readonly PictureBox[]): Promise<Picture> {
  const encoded = await encodeWebp(shrink(image, MAX_WIDTH), QUALITY);
  const { width, height } = image;
  return { webp: Buffer.from(encoded).toString('base64'), width, height, boxes };
}

/** The tables of one image alone. */
function imageTables({ truth, detections }: Tables, rank: number): Tables {
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

/** Ground truth that was not found, then what was found, then what is false; ignored ones are not drawn. */
function boxesOf(
  tables: Tables,
  lost: readonly number[],
  classes: readonly string[],
  confidence: number,
): PictureBox[] {
  const condition = findObjects(
    matchCondition(tables.truth, tables.detections, classes.length),
    confidence,
  );
  const { truth, detections, findings } = condition;
  const { found, spurious } = findings;
  const name = (index: number | undefined): string => classes[index ?? -1] ?? '';
  const missed = Array.from(truth.classes.keys())
    .filter((row) => !found[row] && !truth.ignored[row] && !truth.crowd[row])
    .map((row): PictureBox => ({
      kind: lost.includes(row) ? 'lost' : 'truth',
      box: boxAt(truth.boxes, row),
      class: name(truth.classes[row]),
      confidence: null,
    }));
  const detected = (kind: PictureBox['kind'], row: number): PictureBox => ({
    kind,
    box: boxAt(detections.boxes, row),
    class: name(detections.classes[row]),
    confidence: detections.confidences[row] ?? null,
  });
  return [
    ...missed,
    ...hits(condition, confidence).map((row) => detected('found', row)),
    ...(spurious[0] ?? []).map((row) => detected('spurious', row)),
  ];
}

/** Rows of detections that find an object which counts. */
function hits({ detections, matches }: MatchedCondition, confidence: number): number[] {
  return [...detections.confidences.keys()].filter(
    (row) =>
      (detections.confidences[row] ?? 0) >= confidence &&
      (matches.object[row] ?? -1) >= 0 &&
      !((matches.ignored[row] ?? 0) & 1),
  );
}

function boxAt(boxes: Float64Array, row: number): [number, number, number, number] {
  const at = 4 * row;
  return [boxes[at] ?? 0, boxes[at + 1] ?? 0, boxes[at + 2] ?? 0, boxes[at + 3] ?? 0];
}

/** The image at most `width` pixels wide, each pixel the mean of those that it covers. */
function shrink(image: Image, width: number): Image {
  if (image.width <= width) return image;
  const height = Math.max(1, Math.round((image.height * width) / image.width));
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const top = Math.floor((y * image.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * image.height) / height));
    for (let x = 0; x < width; x++, to += 3) {
      const left = Math.floor((x * image.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * image.width) / width));
      for (let k = 0; k < 3; k++) data[to + k] = meanOf(image, left, right, top, bottom, k);
    }
  }
  return { width, height, data };
}

function meanOf(
  { width, data }: Image,
  left: number,
  right: number,
  top: number,
  bottom: number,
  channel: number,
): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += data[(y * width + x) * 3 + channel] ?? 0;
  }
  return Math.round(sum / ((right - left) * (bottom - top)));
}
