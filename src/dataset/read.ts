import type { z } from 'zod';
import type { Location } from '../paths.ts';
import type { Dataset } from './dataset.ts';
import { yolo } from './formats/yolo.ts';

/** The config's `dataset`. */
export type DatasetOptions = z.infer<typeof yolo.options>;

/**
 * Reads the data set that the config names.
 *
 * @throws GateError naming every file and line that cannot be used.
 */
export function readDataset(options: DatasetOptions, location: Location): Promise<Dataset> {
  switch (options.format) {
    case 'yolo':
      return yolo.read(options, location);
  }
}
