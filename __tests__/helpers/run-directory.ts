import type { Run } from '../../src/baseline/run.ts';
import { writeManifest, writeTables } from '../../src/baseline/write.ts';
import type { DetectionTable, TruthTable } from '../../src/boxes/labels.ts';

/** Writes a run as the tool leaves it. */
export async function writeRun(run: Run, directory: string): Promise<void> {
  const indexes = [...run.manifest.suite.conditions.keys()];
  const truth = await Promise.all(indexes.map((index) => run.truth(index)));
  const detections = await Promise.all(indexes.map((index) => run.detections(index)));
  const files = await writeTables(directory, run.manifest, async (image) => ({
    truth: truth.map((table) => truthOf(table, image)),
    detections: detections.map((table) => detectionsOf(table, image)),
  }));
  await writeManifest(directory, { ...run.manifest, files });
}

function truthOf(table: TruthTable, image: number): Omit<TruthTable, 'offsets'> {
  const [from, to] = [table.offsets[image]!, table.offsets[image + 1]!];
  return {
    boxes: table.boxes.slice(4 * from, 4 * to),
    classes: table.classes.slice(from, to),
    areas: table.areas.slice(from, to),
    crowd: table.crowd.slice(from, to),
    ignored: table.ignored.slice(from, to),
  };
}

function detectionsOf(table: DetectionTable, image: number): Omit<DetectionTable, 'offsets'> {
  const [from, to] = [table.offsets[image]!, table.offsets[image + 1]!];
  return {
    boxes: table.boxes.slice(4 * from, 4 * to),
    classes: table.classes.slice(from, to),
    confidences: table.confidences.slice(from, to),
  };
}
