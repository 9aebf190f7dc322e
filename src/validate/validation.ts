import type { Resolution } from '../compare/resolution.ts';
import type { CleanScore } from '../evaluate/clean.ts';

/** What is known of a gate before anything is run. */
export interface Validation {
  readonly images: number;
  readonly groups: number;
  readonly families: readonly { readonly name: string; readonly conditions: number }[];
  readonly conditions: number;
  /** Images times conditions, and how many of them are in the cache already. */
  readonly inferences: number;
  readonly cached: number;
  readonly workers: number;
  /** Estimated time of what is not in the cache. */
  readonly seconds: number;
  readonly classes: readonly { readonly name: string; readonly objects: number }[];
  /** The model on some clean images. */
  readonly clean: CleanScore;
  /** How small a drop can be seen; null with fewer than 50 groups, where nothing is judged. */
  readonly resolution: Resolution | null;
  /** `ruleOut` of the config, and the groups of images needed to see a drop as large 4 times out of 5. */
  readonly wanted: { readonly drop: number; readonly groups: number | null };
  /** One sentence each. */
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}
