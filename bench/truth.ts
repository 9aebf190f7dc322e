import { writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import type { Detections } from '../src/boxes/labels.ts';
import { loadConfig } from '../src/config/load.ts';
import { readDataset } from '../src/dataset/read.ts';
import { decodeImage } from '../src/image/codec.ts';
import type { Size } from '../src/image/image.ts';
import { openPredictor } from '../src/predict/open.ts';

/** Objects of a busy picture. */
const OBJECTS = 12;

/**
 * Makes the model's own strongest detections the truth of its data set: a model that finds nothing is looked
 * into before its run goes on, and that would be timed too.
 *
 * @param configFile A config beside images/test and labels/test.
 */
export async function labelByModel(configFile: string): Promise<void> {
  const folder = dirname(configFile);
  const context = {
    location: { directory: folder, root: null },
    cacheDirectory: join(folder, 'labelling'),
    allowed: { command: false, origins: [], environment: {}, secrets: new Set<string>() },
  };
  const config = await loadConfig(configFile);
  const { classes, samples } = await readDataset(config.dataset, context);
  await using predictor = await openPredictor(config.predictor, {
    ...context,
    classes,
    workers: 1,
  });
  for (const { path, digest } of samples) {
    const image = await decodeImage(path);
    const found = await predictor.predict(image, { digest, condition: 'clean' });
    await writeFile(join(folder, 'labels/test', `${parse(path).name}.txt`), rowsOf(found, image));
  }
}

function rowsOf({ boxes, classes }: Detections, { width, height }: Size): string {
  const rows = [...classes.subarray(0, OBJECTS)].map((label, i) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(4 * i, 4 * i + 4);
    const box = [(x1 + x2) / 2 / width, (y1 + y2) / 2 / height];
    return [label, ...box, (x2 - x1) / width, (y2 - y1) / height].join(' ');
  });
  return rows.join('\n');
}
