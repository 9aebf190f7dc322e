import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Detections, GroundTruth } from '../boxes/labels.ts';
import { digestOfFile } from './digest.ts';
import type { ManifestHead } from './head.ts';
import { type RunManifest, RunManifestSchema } from './manifest.ts';
import { createParquetTable, type ParquetTable } from './parquet.ts';
import { DETECTION_COLUMNS, sortDetections, TRUTH_COLUMNS } from './tables.ts';

/** One image's share of a run: a list entry for each condition. */
export interface ImageResult {
  readonly truth: readonly GroundTruth[];
  readonly detections: readonly Detections[];
}

/**
 * Writes the two tables of a run, image by image.
 *
 * @param load Results of one image, by rank.
 * @returns    SHA-256 of both files.
 */
export async function writeTables(
  directory: string,
  manifest: Pick<ManifestHead, 'images' | 'suite' | 'dataset'>,
  load: (image: number) => Promise<ImageResult>,
): Promise<RunManifest['files']> {
  await mkdir(directory, { recursive: true });
  // Without run.json nobody takes a half-written directory for a run.
  await rm(join(directory, 'run.json'), { force: true });
  const files = {
    detections: join(directory, 'detections.parquet'),
    truth: join(directory, 'truth.parquet'),
  };
  const detections = createParquetTable(`${files.detections}.tmp`, DETECTION_COLUMNS);
  const truth = createParquetTable(`${files.truth}.tmp`, TRUTH_COLUMNS);
  const { classes } = manifest.dataset;
  for (const [rank, image] of manifest.images.entries()) {
    const result = await load(rank);
    manifest.suite.conditions.forEach((condition, index) => {
      const place = { image: image.id, condition: condition.id };
      appendDetections(detections, place, classes, sortDetections(result.detections[index]!));
      appendTruth(truth, place, classes, result.truth[index]!);
    });
  }
  detections.finish();
  truth.finish();
  await rename(`${files.detections}.tmp`, files.detections);
  await rename(`${files.truth}.tmp`, files.truth);
  return {
    detections: (await digestOfFile(files.detections)) ?? '',
    truth: (await digestOfFile(files.truth)) ?? '',
  };
}

/** Writes run.json: from here on the directory is a run. */
export async function writeManifest(directory: string, manifest: RunManifest): Promise<void> {
  const file = join(directory, 'run.json');
  // Keys in the schema's order, wherever the parts came from: equal content, equal bytes.
  const ordered = RunManifestSchema.parse(manifest);
  await writeFile(`${file}.tmp`, `${JSON.stringify(ordered, null, 1)}\n`);
  await rename(`${file}.tmp`, file);
}

type Place = { readonly image: string; readonly condition: string };

function appendDetections(
  table: ParquetTable<typeof DETECTION_COLUMNS>,
  { image, condition }: Place,
  names: readonly string[],
  { boxes, classes, confidences }: Detections,
): void {
  table.append(classes.length, {
    image: () => image,
    condition: () => condition,
    class: (row) => names[classes[row]!]!,
    confidence: (row) => confidences[row]!,
    x1: (row) => boxes[4 * row]!,
    y1: (row) => boxes[4 * row + 1]!,
    x2: (row) => boxes[4 * row + 2]!,
    y2: (row) => boxes[4 * row + 3]!,
  });
}

function appendTruth(
  table: ParquetTable<typeof TRUTH_COLUMNS>,
  { image, condition }: Place,
  names: readonly string[],
  { boxes, classes, areas, crowd, ignored }: GroundTruth,
): void {
  table.append(classes.length, {
    image: () => image,
    condition: () => condition,
    object: (row) => row,
    class: (row) => names[classes[row]!]!,
    x1: (row) => boxes[4 * row]!,
    y1: (row) => boxes[4 * row + 1]!,
    x2: (row) => boxes[4 * row + 2]!,
    y2: (row) => boxes[4 * row + 3]!,
    area: (row) => areas[row]!,
    crowd: (row) => crowd[row] === 1,
    ignored: (row) => ignored[row] === 1,
  });
}
