import { coco } from './formats/coco.ts';
import { pascalVoc } from './formats/pascal-voc.ts';
import { roboflowDataset } from './formats/roboflow.ts';
import { yolo } from './formats/yolo.ts';

/** Every data-set format that the config's `dataset.format` can name. */
export const datasetFormats = [yolo, coco, pascalVoc, roboflowDataset] as const;
