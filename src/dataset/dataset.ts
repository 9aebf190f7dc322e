import type { z } from 'zod';
import type { GroundTruth } from '../boxes/labels.ts';

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

export interface Dataset {
  readonly classes: readonly string[];
  /** In rank order: by image digest. Files of equal bytes are one sample. */
  readonly samples: readonly Sample[];
  /** What the reader should know: duplicates merged, images without labels, … One sentence each. */
  readonly notes: readonly string[];
}

/** One way in which data sets lie on disk. */
export interface DatasetFormat<Options> {
  readonly name: string;
  readonly title: string;
  readonly options: z.ZodType<Options>;
  /**
   * Reads labels and image headers.
   *
   * @param options   As validated by `options`.
   * @param directory Folder that relative paths of the config are relative to.
   * @throws GateError naming every file and line that cannot be used.
   */
  read(options: Options, directory: string): Promise<Dataset>;
}
