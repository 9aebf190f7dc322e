import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { GateError, type Problem } from '../errors.ts';
import { decodeImage } from '../image/codec.ts';
import type { Size } from '../image/image.ts';
import { readBounded } from '../paths.ts';
import type { Dataset, ImageLabels, Sample } from './dataset.ts';
import { groupOf } from './group.ts';
import { type ClassSubset, classSubset, type Selection } from './selection.ts';
import { type KnownSizes, readSizes, sizesFile, writeSizes } from './sizes.ts';
import { digestOf, labelProblems, truthOf } from './truth.ts';

/** An image file and what its labels say; null labels where there are none. */
export interface ImageFile {
  readonly id: string;
  readonly path: string;
  readonly labels: ImageLabels | null;
}

const MAX_IMAGE_BYTES = 128 * 2 ** 20;

/** Decodes running at once; the codec has threads of its own. */
const CONCURRENCY = 4;

/**
 * Makes the data set: every image is decoded once, so that a broken one is told before anything is predicted.
 * Files of equal bytes become one sample; if their labels differ that is an error.
 *
 * @param all       Files in any order.
 * @param classes   Class names in order.
 * @param selection Which of them count.
 * @param notes     What the format has to say.
 * @param cacheDirectory An image that was decoded before, by its bytes, is not decoded again.
 * @throws GateError naming every image that cannot be decoded and every contradiction.
 */
export async function assembleDataset(
  all: readonly ImageFile[],
  classes: readonly string[],
  selection: Selection,
  notes: readonly string[],
  cacheDirectory: string,
): Promise<Dataset> {
  const subset = classSubset(classes, selection);
  const files = await firstFiles(all, selection.limit);
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
      return await readSample(file, selection.group, subset, known);
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
  return {
    classes: subset.classes,
    samples: ranked,
    notes: [...notes, ...tell(files, doubles), ...tellSelection(all, files, classes, subset)],
  };
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

/** Of more files than the limit those whose content hashes come first; files of equal bytes stay together. */
async function firstFiles(
  files: readonly ImageFile[],
  limit: number | undefined,
): Promise<readonly ImageFile[]> {
  if (limit === undefined || files.length <= limit) return files;
  const hashed = await inTurns(files, async (file) => {
    const hash = createHash('sha256');
    await pipeline(createReadStream(file.path), hash);
    return { file, digest: hash.digest('hex') };
  });
  const first = new Set([...new Set(hashed.map(({ digest }) => digest))].sort().slice(0, limit));
  return hashed.filter(({ digest }) => first.has(digest)).map(({ file }) => file);
}

async function readSample(
  { id, path, labels }: ImageFile,
  group: string | undefined,
  { map }: ClassSubset,
  known: KnownSizes,
): Promise<Sample> {
  const bytes = await readBounded(path, 'the image', MAX_IMAGE_BYTES, 'image');
  const digest = createHash('sha256').update(bytes).digest('hex');
  const size = known.get(digest) ?? (await decodedSize(bytes, path));
  const { width, height } = size;
  const problems = labels ? labelProblems(labels, size, id) : [];
  if (problems.length > 0) throw new GateError('dataset', problems);
  const truth = truthOf(labels, size, map);
  return {
    id,
    path,
    digest,
    labelsDigest: digestOf(truth),
    group: groupOf(id, group),
    width,
    height,
    ...truth,
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

function tell(files: readonly ImageFile[], doubles: readonly string[]): string[] {
  const without = files.filter(({ labels }) => labels === null);
  const sum = (of: (labels: ImageLabels) => number): number =>
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

function tellSelection(
  all: readonly ImageFile[],
  files: readonly ImageFile[],
  classes: readonly string[],
  subset: ClassSubset,
): string[] {
  const left = classes.length - subset.classes.length;
  return [
    ...(files.length < all.length
      ? [`dataset.limit: ${files.length} of ${count(all.length, 'image', 'images')}.`]
      : []),
    ...(left > 0
      ? [
          `dataset.classes: ${subset.classes.length} of ${count(classes.length, 'class', 'classes')}; objects of the others are left out.`,
        ]
      : []),
  ];
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
