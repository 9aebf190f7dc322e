/**
 * Boxes are `[x1, y1, x2, y2]` in pixels, origin at the top left corner of the image, continuous
 * (width = x2 - x1), four values for each object in one flat array.
 */
export interface GroundTruth {
  readonly boxes: Float64Array;
  /** Index into the data set's class list. */
  readonly classes: Int32Array;
  /** Square pixels; COCO's `area`. */
  readonly areas: Float64Array;
  /** 1 for a crowd region (COCO's `iscrowd`). */
  readonly crowd: Uint8Array;
  /** 1 where a detection that matches counts neither way, as under COCO's ignore rule. */
  readonly ignored: Uint8Array;
}

/** What a model found in one image. The order among equal confidences is the predictor's and is kept. */
export interface Detections {
  /** Pixels of the image that was predicted; values are float32 exactly. */
  readonly boxes: Float64Array;
  /** Index into the data set's class list. */
  readonly classes: Int32Array;
  /** In [0, 1]; values are float32 exactly. */
  readonly confidences: Float64Array;
}

/** Ground truth of all images of a condition; the rows of image i are `offsets[i]` to `offsets[i + 1]`. */
export interface TruthTable extends GroundTruth {
  readonly offsets: Uint32Array;
}

/** Detections of all images of a condition; the rows of image i are `offsets[i]` to `offsets[i + 1]`. */
export interface DetectionTable extends Detections {
  readonly offsets: Uint32Array;
}
