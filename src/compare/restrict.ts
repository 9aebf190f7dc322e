import type { CommonPart, Place } from '../baseline/common.ts';
import type { Run } from '../baseline/run.ts';
import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import type { Pair } from './condition-columns.ts';

/**
 * Both runs on what they have in common: images, groups and conditions are the same, in the same order. Tables
 * are still read one condition at a time. The manifests' digests and metrics stay those of the whole runs.
 */
export function restrictRuns({ baseline, candidate }: Pair<Run>, common: CommonPart): Pair<Run> {
  if (isWhole(common)) return { baseline, candidate };
  return {
    baseline: restrictRun(baseline, common, 'baseline'),
    candidate: restrictRun(candidate, common, 'candidate'),
  };
}

/** Whether two runs have everything in common, in the same order: another version of the tool may have another. */
export function isWhole({ images, conditions, leftOut }: CommonPart): boolean {
  const inPlace = ({ baseline, candidate }: Place): boolean => baseline === candidate;
  return leftOut === null && images.every(inPlace) && conditions.every(inPlace);
}

/**
 * A run without some of its images, as if they had never been evaluated.
 *
 * @param digests Of these images.
 */
export function withoutImages(run: Run, digests: ReadonlySet<string>): Run {
  const { images } = run.manifest;
  const ranks = [...images.keys()].filter((rank) => !digests.has(images[rank]!.digest));
  return {
    manifest: { ...run.manifest, images: ranks.map((rank) => images[rank]!) },
    detections: async (condition) => pickDetections(await run.detections(condition), ranks),
    truth: async (condition) => pickTruth(await run.truth(condition), ranks),
  };
}

function restrictRun(run: Run, common: CommonPart, side: keyof Place): Run {
  const { manifest } = run;
  const ranks = common.images.map((at) => at[side]);
  const indexes = common.conditions.map((at) => at[side]);
  const images = ranks.map((rank, i) => ({
    ...manifest.images[rank]!,
    group: String(common.groups[i]),
  }));
  const conditions = indexes.map((index) => manifest.suite.conditions[index]!);
  return {
    manifest: { ...manifest, images, suite: { ...manifest.suite, conditions } },
    detections: async (condition) =>
      pickDetections(await run.detections(indexes[condition]!), ranks),
    truth: async (condition) => pickTruth(await run.truth(indexes[condition]!), ranks),
  };
}

function pickDetections(table: DetectionTable, ranks: readonly number[]): DetectionTable {
  const { offsets, rows } = rowsOf(table.offsets, ranks);
  return {
    offsets,
    boxes: pickBoxes(table.boxes, rows),
    classes: rows.map((row) => table.classes[row]!),
    confidences: Float64Array.from(rows, (row) => table.confidences[row]!),
  };
}

function pickTruth(table: TruthTable, ranks: readonly number[]): TruthTable {
  const { offsets, rows } = rowsOf(table.offsets, ranks);
  return {
    offsets,
    boxes: pickBoxes(table.boxes, rows),
    classes: rows.map((row) => table.classes[row]!),
    areas: Float64Array.from(rows, (row) => table.areas[row]!),
    crowd: Uint8Array.from(rows, (row) => table.crowd[row]!),
    ignored: Uint8Array.from(rows, (row) => table.ignored[row]!),
  };
}

/** Rows of these images, image by image, and where each image's begin in the new table. */
function rowsOf(
  from: Uint32Array,
  ranks: readonly number[],
): { offsets: Uint32Array; rows: Int32Array } {
  const offsets = new Uint32Array(ranks.length + 1);
  ranks.forEach((rank, i) => {
    offsets[i + 1] = offsets[i]! + from[rank + 1]! - from[rank]!;
  });
  const rows = new Int32Array(offsets[ranks.length]!);
  ranks.forEach((rank, i) => {
    for (let k = 0; k < offsets[i + 1]! - offsets[i]!; k++) rows[offsets[i]! + k] = from[rank]! + k;
  });
  return { offsets, rows };
}

function pickBoxes(boxes: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(
    { length: 4 * rows.length },
    (_, i) => boxes[4 * rows[i >> 2]! + (i & 3)]!,
  );
}
