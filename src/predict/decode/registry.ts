import { detr } from './detr.ts';
import { end2end } from './end2end.ts';
import { fastestdet } from './fastestdet.ts';
import { nanodet } from './nanodet.ts';
import { rtDetr } from './rt-detr.ts';
import { torchvision } from './torchvision.ts';
import { yolov5 } from './yolov5.ts';
import { yolov8 } from './yolov8.ts';
import { yolox } from './yolox.ts';

/** Every detection head that can be read; `auto` takes the first that recognises the model, the strictest come first. */
export const decoders = [
  nanodet,
  fastestdet,
  detr,
  rtDetr,
  torchvision,
  yolox,
  yolov5,
  end2end,
  yolov8,
] as const;
