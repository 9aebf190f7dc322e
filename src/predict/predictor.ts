import type { z } from 'zod';
import type { Detections } from '../boxes/labels.ts';
import type { Image } from '../image/image.ts';
import type { Location } from '../paths.ts';

/** How an image becomes the model's input: written down in the run, so that it can be checked. */
export interface Preprocess {
  /** `none`: the model takes every image at its own size. */
  readonly resize: 'letterbox' | 'letterbox-top-left' | 'stretch' | 'none';
  readonly color: 'rgb' | 'bgr';
  /** Pixel values are multiplied by it: 1/255 or 1. */
  readonly scale: number;
  /** Subtracted after scaling, in the model's channel order. */
  readonly mean: readonly [number, number, number];
  /** Divided by after that. */
  readonly std: readonly [number, number, number];
}

/** What a predictor is, as recorded in the run directory. */
export interface PredictorInfo {
  /** SHA-256 of the model file, hex. */
  readonly modelDigest: string;
  readonly decoder: string;
  /** What the decoder recognised the model by: a clause with the shapes. */
  readonly evidence: string;
  /** The model's own class names. */
  readonly classes: readonly string[];
  /** Pixels; null where the model takes every image at its own size. */
  readonly input: { readonly width: number; readonly height: number } | null;
  readonly preprocess: Preprocess;
  /** IoU of the suppression after the model; null where its boxes are final. */
  readonly nms: number | null;
  /** What the reader should know: classes the model lacks, names assumed, … One sentence each. */
  readonly notes: readonly string[];
}

export interface Predictor {
  readonly info: PredictorInfo;
  /**
   * Detections in pixels of `image`, of the data set's classes, after non-maximum suppression,
   * by descending confidence.
   *
   * @throws GateError when the model fails or answers nonsense (NaN, wrong shape).
   */
  predict(image: Image): Promise<Detections>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a predictor needs to know of the world it works for. */
export interface PredictorContext {
  readonly location: Location;
  /** The data set's classes; detections index into it. */
  readonly classes: readonly string[];
}

export interface PredictorKind<Options extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly options: Options;
  open(options: z.infer<Options>, context: PredictorContext): Promise<Predictor>;
}
