import type { Allowed } from '../allowed.ts';
import type { Detections } from '../boxes/labels.ts';
import type { ErrorCode, Problem } from '../errors.ts';
import type { Location } from '../paths.ts';
import type { Condition } from '../perturb/condition.ts';
import type { PredictorOptions } from '../predict/open.ts';

/** What a worker thread is told once. */
export interface WorkerSetup {
  readonly predictor: PredictorOptions;
  readonly classes: readonly string[];
  readonly location: Location;
  readonly allowed: Allowed;
  readonly cacheDirectory: string;
  /** How many workers there are. */
  readonly workers: number;
  readonly conditions: readonly Condition[];
  readonly seed: number;
  readonly nativeDirectory: string | null;
}

/** One image under some conditions. */
export interface Job {
  /** Rank of the image. */
  readonly sample: number;
  readonly id: string;
  readonly path: string;
  readonly digest: string;
  /** Indexes into the setup's conditions. */
  readonly conditions: readonly number[];
}

export type WorkerReply =
  | { readonly kind: 'ready' }
  /** One image is done under the condition of this index. */
  | { readonly kind: 'step'; readonly condition: number }
  | { readonly kind: 'done'; readonly detections: readonly Detections[] }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode | null;
      readonly problems: readonly Problem[];
      readonly stack: string | undefined;
    };
