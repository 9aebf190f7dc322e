import type { z } from 'zod';
import type { Location } from '../paths.ts';
import type { Dataset } from './dataset.ts';
import { yolo } from './formats/yolo.ts';

/** The config's `dataset`. */
export type DatasetOptions = z.infer<typeof yolo.options>;

/**
 * Reads the data set that the config names.
 *
 * @param cacheDirectory What is known of images that were decoded before is kept there.
 * @throws GateError naming every file and line that cannot be used.
 */
export function readDataset(
  options: DatasetOptions,
  location: Location,
  cacheDirectory: string,
): Promise<Dataset> {
  switch (options.format) {
    case 'yolo':
      return yolo.read(options, location, cacheDirectory);
  }
}
