import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import type { RunManifest } from './manifest.ts';

/** One evaluated model, read from its run directory. Tables are read one condition at a time. */
export interface Run {
  readonly manifest: RunManifest;
  /** @param condition Index into `manifest.suite.conditions`. */
  detections(condition: number): Promise<DetectionTable>;
  /** @param condition Index into `manifest.suite.conditions`. */
  truth(condition: number): Promise<TruthTable>;
}
