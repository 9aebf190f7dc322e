import { yolov8 } from './yolov8.ts';
import { yolox } from './yolox.ts';

/** Every detection head that can be read; `auto` takes the first that recognises the model. */
export const decoders = [yolox, yolov8] as const;
