import type { z } from 'zod';
import type { Dataset, DatasetContext } from './dataset.ts';
import { coco } from './formats/coco.ts';
import { pascalVoc } from './formats/pascal-voc.ts';
import { roboflowDataset } from './formats/roboflow.ts';
import { yolo } from './formats/yolo.ts';
import type { datasetFormats } from './registry.ts';

/** The config's `dataset`. */
export type DatasetOptions = z.infer<(typeof datasetFormats)[number]['options']>;

/**
 * Reads the data set that the config names.
 *
 * @param cacheDirectory What is known of images that were decoded before is kept there.
 * @throws GateError naming every file and line that cannot be used.
 */
export function readDataset(options: DatasetOptions, context: DatasetContext): Promise<Dataset> {
  switch (options.format) {
    case 'yolo':
      return yolo.read(options, context);
    case 'coco':
      return coco.read(options, context);
    case 'pascal-voc':
      return pascalVoc.read(options, context);
    case 'roboflow':
      return roboflowDataset.read(options, context);
  }
}
