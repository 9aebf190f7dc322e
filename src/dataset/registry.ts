import { yolo } from './formats/yolo.ts';

/** Every data-set format that the config's `dataset.format` can name. */
export const datasetFormats = [yolo] as const;
