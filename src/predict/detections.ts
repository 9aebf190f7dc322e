import type { Detections } from '../boxes/labels.ts';
import type { Size } from '../image/image.ts';
import type { Candidates } from './candidates.ts';
import type { Placement } from './letterbox.ts';
import { suppress } from './nms.ts';

/**
 * From candidates in the model's input to detections in the image: suppressed, mapped back, clipped.
 * What has no area left is dropped. Values are rounded to float32, as they are stored.
 *
 * @param iou   Threshold of the suppression; null where the boxes are final.
 * @param limit Most detections of an image.
 */
export function detectionsOf(
  candidates: Candidates,
  placement: Placement,
  image: Size,
  iou: number | null,
  limit: number,
): Detections {
  const scaleX = image.width / placement.width;
  const scaleY = image.height / placement.height;
  const kept = suppress(candidates, iou, limit);
  const boxes: number[] = [];
  const classes: number[] = [];
  const confidences: number[] = [];
  for (const index of kept) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = candidates.boxes.subarray(4 * index, 4 * index + 4);
    const box = [
      clip((x1 - placement.left) * scaleX, image.width),
      clip((y1 - placement.top) * scaleY, image.height),
      clip((x2 - placement.left) * scaleX, image.width),
      clip((y2 - placement.top) * scaleY, image.height),
    ];
    if (!(box[2]! > box[0]! && box[3]! > box[1]!)) continue;
    boxes.push(...box);
    classes.push(candidates.classes[index]!);
    confidences.push(Math.fround(candidates.confidences[index]!));
  }
  return {
    boxes: Float64Array.from(boxes),
    classes: Int32Array.from(classes),
    confidences: Float64Array.from(confidences),
  };
}

function clip(value: number, size: number): number {
  return Math.fround(Math.min(Math.max(value, 0), size));
}
