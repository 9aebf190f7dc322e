import { join } from 'node:path';
import type { z } from 'zod';
import type { Allowed } from '../allowed.ts';
import type { GroundTruth } from '../boxes/labels.ts';
import type { Place } from '../errors.ts';
import type { Size } from '../image/image.ts';
import type { Location } from '../paths.ts';

/** An image with its labels. */
export interface Sample {
  /** Path relative to the data set's folder, with forward slashes. */
  readonly id: string;
  /** Absolute path of the image file. */
  readonly path: string;
  /** SHA-256 of the image file's bytes, hex. Images rank by it. */
  readonly digest: string;
  /** SHA-256 over the ground truth, hex. */
  readonly labelsDigest: string;
  /** Images of one group are dependent (one video, one source image) and are resampled together. */
  readonly group: string;
  /** Pixels, after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly groundTruth: GroundTruth;
  /** Outline of each object as `[x, y, …]` in pixels where the labels have one, else null. */
  readonly polygons: readonly (Float64Array | null)[];
}

/** One labelled object as a format reads it; coordinates are in the unit of its label file. */
export interface LabelledObject {
  /** Index into the data set's class list. */
  readonly class: number;
  /** `[x1, y1, x2, y2]`. */
  readonly box: readonly [number, number, number, number];
  /** `[x, y, …]`, or null where the label is a box. */
  readonly polygon: readonly number[] | null;
  /** Square pixels; the box's where it is absent. */
  readonly area?: number;
  /** A region of many (COCO's `iscrowd`). */
  readonly crowd?: boolean;
  /** Finding it counts neither way (Pascal VOC's `difficult`). */
  readonly ignored?: boolean;
  /** Where it stands, for messages. */
  readonly place?: Place;
}

/** What the labels say of one image. */
export interface ImageLabels {
  /** Fractions of the image's width and height, or pixels. */
  readonly unit: 'fraction' | 'pixel';
  /** Size that the labels were made for, where they say so. */
  readonly size: Size | null;
  readonly objects: readonly LabelledObject[];
  /** Lines left out because another line is the same. */
  readonly doubles: number;
  /** Boxes left out because they have no area. */
  readonly empty: number;
}

export interface Dataset {
  readonly classes: readonly string[];
  /** In rank order: by image digest. Files of equal bytes are one sample. */
  readonly samples: readonly Sample[];
  /** What the reader should know: duplicates merged, images without labels, … One sentence each. */
  readonly notes: readonly string[];
}

/** One way in which data sets lie on disk. */
export interface DatasetFormat<Options extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly options: Options;
  /**
   * Reads labels and image headers.
   *
   * @param options As validated by `options`.
   * @throws GateError naming every file and line that cannot be used.
   */
  read(options: z.infer<Options>, context: DatasetContext): Promise<Dataset>;
}

/** Where data sets that were downloaded lie in the cache. */
export function datasetsFolder(cacheDirectory: string): string {
  return join(cacheDirectory, 'datasets');
}

/** What a format needs to know of the world it reads from. */
export interface DatasetContext {
  /** What relative paths are relative to, and the folder that none may leave. */
  readonly location: Location;
  /** What is downloaded is kept here, and what is known of images that were decoded before. */
  readonly cacheDirectory: string;
  readonly allowed: Allowed;
}
