import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { loadConfig } from '../config/load.ts';
import { readDataset } from '../dataset/read.ts';
import { decodeImage, encodePng } from '../image/codec.ts';
import { changedImage } from '../perturb/change.ts';
import { conditionKey } from '../perturb/condition.ts';
import { suiteConditions } from '../perturb/suite.ts';
import type { ChangedImages } from '../predict/predictors/detections-file.ts';
import { datasetContext } from './shared.ts';

/**
 * Writes every image of a config's data set under every condition of its suite, for a model that predicts
 * elsewhere: `<condition>/<rank>.png`, and images.json, a COCO file without annotations.
 *
 * @param directory Where they go.
 * @param origins   Origins that a data set may be downloaded from, beside Roboflow's.
 * @returns         How many images were written.
 */
export async function writeChangedDataset(
  configFile: string,
  directory: string,
  origins: readonly string[],
): Promise<number> {
  const config = await loadConfig(configFile);
  const { classes, samples } = await readDataset(
    config.dataset,
    datasetContext(configFile, origins),
  );
  const conditions = suiteConditions(config.suite);
  const { seed } = config.suite;
  const images: z.infer<typeof ChangedImages>['images'] = [];
  for (const [rank, { path, digest }] of samples.entries()) {
    const original = await decodeImage(path);
    for (const condition of conditions) {
      const changed = await changedImage(original, digest, condition, seed);
      const file_name = `${condition.id.replace('/', '-')}/${rank}.png`;
      await mkdir(join(directory, dirname(file_name)), { recursive: true });
      await writeFile(join(directory, file_name), await encodePng(changed));
      const { width, height } = changed;
      const key = conditionKey(condition, seed);
      images.push({ id: images.length + 1, file_name, width, height, digest, condition: key });
    }
  }
  const listed = {
    images,
    annotations: [],
    categories: classes.map((name, index) => ({ id: index + 1, name })),
  };
  await writeFile(join(directory, 'images.json'), `${JSON.stringify(listed, null, 1)}\n`);
  return images.length;
}
