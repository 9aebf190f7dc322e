import type { BaselineSource } from '../baseline/lookup.ts';
import type { RunManifest } from '../baseline/manifest.ts';
import type { Comparison, FailureExample } from '../compare/comparison.ts';
import type { Verdict } from '../judge/verdict.ts';

/** A failure example with its pictures. */
export interface FailurePicture {
  readonly example: FailureExample;
  /** WebP as base64, boxes not drawn in. */
  readonly original: string;
  readonly changed: string;
  readonly width: number;
  readonly height: number;
  /** Pixels of the changed image. Confidence is null for ground truth. */
  readonly changedBoxes: readonly PictureBox[];
  readonly originalBoxes: readonly PictureBox[];
}

export interface PictureBox {
  readonly kind: 'truth' | 'found' | 'lost' | 'spurious';
  readonly box: readonly [number, number, number, number];
  readonly class: string;
  readonly confidence: number | null;
}

/** Everything that a reporter may show. Rendering is pure. */
export interface Report {
  /** Name of the gate (config `name`). */
  readonly name: string;
  readonly verdict: Verdict;
  readonly baseline: RunManifest | null;
  readonly candidate: RunManifest;
  readonly comparison: Comparison | null;
  readonly source: BaselineSource | null;
  readonly pictures: readonly FailurePicture[];
  /** What comes first: what was left out, what was assumed. One sentence each. */
  readonly notes: readonly string[];
  readonly links: { readonly report: string | null; readonly run: string | null };
}
