import type { RunManifest } from '../baseline/manifest.ts';
import type { ShownFailures } from './images.ts';
import type { Report } from './report.ts';

const noFailures: ShownFailures = { losses: [], pictures: [], noPictures: null };

/**
 * The report of one model that is compared with nothing.
 *
 * @param failures What it loses; nothing where nobody looked.
 */
export function runReport(manifest: RunManifest, failures: ShownFailures = noFailures): Report {
  return {
    name: 'default',
    verdict: {
      status: 'no-baseline',
      sentence: 'What this model does by itself: nothing is compared or judged.',
      reasons: [],
      failed: false,
    },
    baseline: null,
    candidate: manifest,
    comparison: null,
    effects: [],
    source: null,
    reference: null,
    ...failures,
    audit: null,
    limits: [],
    changes: [],
    notes: manifest.notes,
    links: { report: null, run: null },
  };
}
