import { createHash } from 'node:crypto';
import type { GroundTruth } from '../boxes/labels.ts';
import { GateError, type Problem } from '../errors.ts';
import { decodeImage } from '../image/codec.ts';
import type { Size } from '../image/image.ts';
import { readBounded } from '../paths.ts';
import type { Dataset, LabelFile, Sample } from './dataset.ts';
import { groupOf } from './group.ts';
import { type KnownSizes, readSizes, sizesFile, writeSizes } from './sizes.ts';

/** An image file and what its label file says; null labels where there is no such file. */
export interface ImageFile {
  readonly id: string;
  readonly path: string;
  readonly labels: LabelFile | null;
}

const MAX_IMAGE_BYTES = 128 * 2 ** 20;

/** Decodes running at once; the codec has threads of its own. */
const CONCURRENCY = 4;

/**
 * Makes the data set: every image is decoded once, so that a broken one is told before anything is predicted.
 * Files of equal bytes become one sample; if their labels differ that is an error.
 *
 * @param files   In any order.
 * @param classes Class names in order.
 * @param group   The config's group pattern.
 * @param notes   What the format has to say.
 * @param cacheDirectory An image that was decoded before, by its bytes, is not decoded again.
 * @throws GateError naming every image that cannot be decoded and every contradiction.
 */
export async function assembleDataset(
  files: readonly ImageFile[],
  classes: readonly string[],
  group: string | undefined,
  notes: readonly string[],
  cacheDirectory: string,
): Promise<Dataset> {
  const problems: Problem[] = [];
  const samples = new Map<string, Sample>();
  const doubles: string[] = [];
  const sizes = sizesFile(
    cacheDirectory,
    files.map(({ id }) => id),
  );
  const known = await readSizes(sizes);
  const read = await inTurns(files, async (file) => {
    try {
      return await readSample(file, group, known);
    } catch (error) {
      if (!(error instanceof GateError)) throw error;
      problems.push(...error.problems);
      return null;
    }
  });
  for (const sample of read) {
    if (sample === null) continue;
    const first = samples.get(sample.digest);
    if (!first) samples.set(sample.digest, sample);
    else if (first.labelsDigest === sample.labelsDigest) doubles.push(`${sample.id} = ${first.id}`);
    else {
      problems.push({
        message: `${sample.id} and ${first.id} are the same image with different labels`,
        fix: 'remove one of the two',
      });
    }
  }
  if (problems.length > 0) throw new GateError('dataset', problems);
  if ([...samples.keys()].some((digest) => !known.has(digest))) {
    await writeSizes(sizes, [...samples.values()]);
  }
  const ranked = [...samples.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1));
  return { classes, samples: ranked, notes: [...notes, ...tell(files, doubles)] };
}

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const turn = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, turn));
  return results;
}

async function readSample(
  { id, path, labels }: ImageFile,
  group: string | undefined,
  known: KnownSizes,
): Promise<Sample> {
  const bytes = await readBounded(path, 'the image', MAX_IMAGE_BYTES, 'image');
  const digest = createHash('sha256').update(bytes).digest('hex');
  const size = known.get(digest) ?? (await decodedSize(bytes, path));
  const { width, height } = size;
  const objects = labels?.objects ?? [];
  const polygons = objects.map(({ polygon }) =>
    polygon
      ? Float64Array.from(polygon, (value, i) => value * (i % 2 === 0 ? width : height))
      : null,
  );
  const groundTruth = truthOf(objects, size);
  return {
    id,
    path,
    digest,
    labelsDigest: digestOf(groundTruth, polygons),
    group: groupOf(id, group),
    width,
    height,
    groundTruth,
    polygons,
  };
}

async function decodedSize(bytes: Uint8Array, path: string): Promise<Size> {
  return decodeImage(bytes).catch((error: unknown) => {
    if (!(error instanceof GateError)) throw error;
    throw new GateError(
      'image',
      {
        message: error.message,
        place: { file: path },
        fix: 'replace or remove the image',
      },
      { cause: error },
    );
  });
}

function truthOf(objects: LabelFile['objects'], { width, height }: Size): GroundTruth {
  const boxes = Float64Array.from(
    objects.flatMap(({ box: [x1, y1, x2, y2] }) => [
      x1 * width,
      y1 * height,
      x2 * width,
      y2 * height,
    ]),
  );
  return {
    boxes,
    classes: Int32Array.from(objects, (object) => object.class),
    areas: Float64Array.from(objects, (_, i) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(4 * i, 4 * i + 4);
      return (x2 - x1) * (y2 - y1);
    }),
    crowd: new Uint8Array(objects.length),
    ignored: new Uint8Array(objects.length),
  };
}

function digestOf(truth: GroundTruth, polygons: readonly (Float64Array | null)[]): string {
  const hash = createHash('sha256');
  hash.update(truth.boxes).update(truth.classes).update(truth.areas).update(truth.crowd);
  for (const polygon of polygons) hash.update(polygon ?? 'box').update(';');
  return hash.digest('hex');
}

function tell(files: readonly ImageFile[], doubles: readonly string[]): string[] {
  const without = files.filter(({ labels }) => labels === null);
  const sum = (of: (labels: LabelFile) => number): number =>
    files.reduce((total, { labels }) => total + (labels ? of(labels) : 0), 0);
  const same = sum((labels) => labels.doubles);
  const empty = sum((labels) => labels.empty);
  return [
    ...(without.length > 0
      ? [
          `${count(without.length, 'image has', 'images have')} no label file and ${without.length === 1 ? 'counts' : 'count'} as showing no object (first: ${without[0]?.id}).`,
        ]
      : []),
    ...(doubles.length > 0
      ? [
          `${count(doubles.length, 'file repeats', 'files repeat')} the bytes of another and ${doubles.length === 1 ? 'is' : 'are'} left out (first: ${doubles[0]}).`,
        ]
      : []),
    ...(same > 0
      ? [
          `${count(same, 'label line stands', 'label lines stand')} twice in one file and ${same === 1 ? 'counts' : 'count'} once.`,
        ]
      : []),
    ...(empty > 0
      ? [
          `${count(empty, 'label has', 'labels have')} no width or height and ${empty === 1 ? 'is' : 'are'} left out.`,
        ]
      : []),
  ];
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
