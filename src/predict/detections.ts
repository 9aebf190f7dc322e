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
  const boxes = new Float64Array(4 * kept.length);
  const classes = new Int32Array(kept.length);
  const confidences = new Float64Array(kept.length);
  let count = 0;
  for (const index of kept) {
    const from = 4 * index;
    const x1 = clip((candidates.boxes[from]! - placement.left) * scaleX, image.width);
    const y1 = clip((candidates.boxes[from + 1]! - placement.top) * scaleY, image.height);
    const x2 = clip((candidates.boxes[from + 2]! - placement.left) * scaleX, image.width);
    const y2 = clip((candidates.boxes[from + 3]! - placement.top) * scaleY, image.height);
    if (!(x2 > x1 && y2 > y1)) continue;
    boxes.set([x1, y1, x2, y2], 4 * count);
    classes[count] = candidates.classes[index]!;
    confidences[count] = Math.fround(candidates.confidences[index]!);
    count += 1;
  }
  return {
    boxes: boxes.slice(0, 4 * count),
    classes: classes.slice(0, count),
    confidences: confidences.slice(0, count),
  };
}

function clip(value: number, size: number): number {
  return Math.fround(Math.min(Math.max(value, 0), size));
}
