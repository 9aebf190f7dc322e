import { createHash } from 'node:crypto';
import type { GroundTruth } from '../boxes/labels.ts';
import type { Problem } from '../errors.ts';
import type { Size } from '../image/image.ts';
import type { ImageLabels, LabelledObject } from './dataset.ts';

/** Coordinates in pixels may leave the image by rounding, never by more than this part of it. */
const TOLERANCE = 0.01;

/** Ground truth in pixels, and the outline of each object that has one. */
export interface Truth {
  readonly groundTruth: GroundTruth;
  readonly polygons: readonly (Float64Array | null)[];
}

/**
 * Labels against the image that they are for.
 *
 * @param id What the image is called.
 * @returns  What does not fit: the size that they were made for, a box outside.
 */
export function labelProblems(labels: ImageLabels, { width, height }: Size, id: string): Problem[] {
  const { size, unit, objects } = labels;
  if (size && (size.width !== width || size.height !== height)) {
    return [
      {
        message: `${id} is ${width} x ${height}, but its labels are for ${size.width} x ${size.height}`,
        fix: 'export images and labels together; an image that EXIF turns needs labels of the turned one',
      },
    ];
  }
  if (unit === 'fraction') return [];
  return objects.flatMap(({ box: [x1, y1, x2, y2], place }) => {
    const [right, down] = [TOLERANCE * width, TOLERANCE * height];
    if (x1 >= -right && y1 >= -down && x2 <= width + right && y2 <= height + down) return [];
    const box = [x1, y1, x2, y2].map((value) => Math.round(value * 100) / 100).join(', ');
    return [
      {
        message: `box ${box} leaves the image ${id} (${width} x ${height})`,
        ...(place ? { place } : {}),
        fix: 'coordinates are pixels of the image as it is',
      },
    ];
  });
}

/** Ground truth in pixels of an image of this size, of the classes that count. */
export function truthOf(
  labels: ImageLabels | null,
  size: Size,
  classMap: readonly number[],
): Truth {
  const objects = (labels?.objects ?? []).filter((object) => classMap[object.class]! >= 0);
  const [scaleX, scaleY] = labels?.unit === 'fraction' ? [size.width, size.height] : [1, 1];
  const scaled = (values: readonly number[]): Float64Array =>
    Float64Array.from(values, (value, i) => value * (i % 2 === 0 ? scaleX : scaleY));
  const boxes = scaled(objects.flatMap(({ box }) => box));
  const flags = (of: (object: LabelledObject) => boolean | undefined): Uint8Array =>
    Uint8Array.from(objects, (object) => (of(object) ? 1 : 0));
  return {
    groundTruth: {
      boxes,
      classes: Int32Array.from(objects, (object) => classMap[object.class]!),
      areas: Float64Array.from(objects, ({ area }, i) => {
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(4 * i, 4 * i + 4);
        return area ?? (x2 - x1) * (y2 - y1);
      }),
      crowd: flags(({ crowd }) => crowd),
      ignored: flags(({ ignored }) => ignored),
    },
    polygons: objects.map(({ polygon }) => (polygon ? scaled(polygon) : null)),
  };
}

/** SHA-256 over all of it, hex. */
export function digestOf({ groundTruth: truth, polygons }: Truth): string {
  const hash = createHash('sha256');
  hash.update(truth.boxes).update(truth.classes).update(truth.areas).update(truth.crowd);
  hash.update(truth.ignored);
  for (const polygon of polygons) hash.update(polygon ?? 'box').update(';');
  return hash.digest('hex');
}
