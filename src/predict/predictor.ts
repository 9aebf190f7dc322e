import type { z } from 'zod';
import type { Allowed } from '../allowed.ts';
import type { Detections } from '../boxes/labels.ts';
import type { Image, Size } from '../image/image.ts';
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
  /** What the model is called, and the SHA-256 (hex) of what decides its answers. */
  readonly model: { readonly name: string; readonly digest: string };
  /** What runs it. `remote`: not this machine, so its processor says nothing. */
  readonly engine: { readonly name: string; readonly version: string; readonly remote: boolean };
  /** Null where the model runs elsewhere, as for `evidence`, `preprocess` and `device`. */
  readonly decoder: string | null;
  /** What the decoder recognised the model by: a clause with the shapes. */
  readonly evidence: string | null;
  /** The model's own class names. */
  readonly classes: readonly string[];
  /** Null where the model takes every image at its own size, or runs elsewhere. */
  readonly input: Size | null;
  readonly preprocess: Preprocess | null;
  readonly device: string | null;
  /** How pixels reach the model; all but JPEG without loss. */
  readonly pixels: 'memory' | 'png' | 'jpeg';
  /** Confidences at or under it are not kept. */
  readonly floor: number;
  /** IoU of the suppression that was done here: null where the boxes are final, 1 where it was left to the model. */
  readonly nms: number | null;
  /** What the reader should know: classes the model lacks, names assumed, … One sentence each. */
  readonly notes: readonly string[];
}

/** Which image under which condition is predicted, for a predictor that looks it up. */
export interface Subject {
  /** SHA-256 of the original image file, hex. */
  readonly digest: string;
  /** Key of the condition (`conditionKey`). */
  readonly condition: string;
}

export interface Predictor {
  readonly info: PredictorInfo;
  /** How many `predict`s may be under way at once. */
  readonly concurrency: number;
  /**
   * Detections in pixels of `image`, of the data set's classes, after non-maximum suppression,
   * by descending confidence.
   *
   * @throws GateError when the model fails or answers nonsense (NaN, wrong shape).
   */
  predict(image: Image, subject: Subject): Promise<Detections>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a predictor needs to know of the world it works for. */
export interface PredictorContext {
  readonly location: Location;
  /** The data set's classes; detections index into it. */
  readonly classes: readonly string[];
  readonly allowed: Allowed;
  /** What is downloaded is kept here. */
  readonly cacheDirectory: string;
  /** How many of the same predictor work at once: they share what is limited. */
  readonly workers: number;
}

export interface PredictorKind<Options extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly options: Options;
  open(options: z.infer<Options>, context: PredictorContext): Promise<Predictor>;
}
