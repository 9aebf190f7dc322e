import type { BaselineSource } from '../baseline/lookup.ts';
import type { Baseline } from '../baseline/open.ts';
import type { RunManifest } from '../baseline/manifest.ts';
import type { Comparison, FailureExample } from '../compare/comparison.ts';
import type { LimitComparison } from '../compare/limits.ts';
import type { BootstrapAudit } from '../judge/audit.ts';
import type { AugmentationEffect } from '../judge/effects.ts';
import type { Judged } from '../judge/judge-runs.ts';
import type { Verdict } from '../judge/verdict.ts';

/** A failure example with its pictures. */
export interface FailurePicture<E extends FailureExample = FailureExample> {
  readonly example: E;
  readonly original: Picture;
  readonly changed: Picture;
}

/** A picture of the report. */
export interface Picture {
  /** WebP as base64, at most 640 pixels wide, boxes not drawn in. */
  readonly webp: string;
  /** Size of the image that was predicted, in pixels: the frame of the boxes. */
  readonly width: number;
  readonly height: number;
  /** Every object that counts. */
  readonly truth: readonly PictureBox[];
  /** What each model makes of it (baseline, candidate; or as many as are compared); null where it was not run on it. */
  readonly models: readonly (readonly PictureBox[] | null)[];
}

/**
 * A box of a picture. `truth`, `lost` (missed, though the same model finds it on the original) and `missed` are
 * objects and have no confidence; the others are detections, of which `ghost`, `moved` and `renamed` are false.
 */
export interface PictureBox {
  readonly kind: 'truth' | 'lost' | 'missed' | 'found' | 'ghost' | 'moved' | 'renamed';
  readonly box: readonly [number, number, number, number];
  readonly class: string;
  readonly confidence: number | null;
}

/** What came out against the second baseline (config `gate.reference`). */
export interface ReferenceReport {
  /** "v1.2.0". */
  readonly name: string;
  readonly verdict: Verdict;
  /** Null, like comparison and source, where main has no such run. */
  readonly baseline: RunManifest | null;
  readonly comparison: Comparison | null;
  readonly source: BaselineSource | null;
}

/** Everything that a reporter may show. Rendering is pure. */
export interface Report {
  /** Name of the gate (config `name`). */
  readonly name: string;
  /** The worse one where there is a reference too. */
  readonly verdict: Verdict;
  readonly baseline: RunManifest | null;
  readonly candidate: RunManifest;
  readonly comparison: Comparison | null;
  /** What the augmentations of `trainedWith` did; empty where none are named or nothing is compared. */
  readonly effects: readonly AugmentationEffect[];
  readonly source: BaselineSource | null;
  /** Null where the config names none. */
  readonly reference: ReferenceReport | null;
  /** What the model by itself loses, where it is compared with nothing. */
  readonly losses: readonly FailureExample[];
  readonly pictures: readonly FailurePicture[];
  /** The verdict's bootstrap beside the full one (`compare --bootstrap full`); null where nobody asked. */
  readonly audit: BootstrapAudit | null;
  /** Why there are no pictures of failures; null where there are, or where nothing failed. */
  readonly noPictures: string | null;
  /** The candidate against absolute limits. */
  readonly limits: readonly LimitComparison[];
  /** What a pull request changes of the config, and what counts. One sentence each. */
  readonly changes: readonly string[];
  /** What comes first: what was left out, what was assumed. One sentence each. */
  readonly notes: readonly string[];
  readonly links: { readonly report: string | null; readonly run: string | null };
}

/**
 * What came out against a reference, for the report.
 *
 * @param name What it is called.
 */
export function referenceReport(
  name: string,
  opened: Baseline,
  { verdict, comparison }: Judged,
): ReferenceReport {
  const found = opened.kind === 'found' ? opened : null;
  return {
    name,
    verdict,
    baseline: found && found.run.manifest,
    comparison,
    source: found && found.source,
  };
}
