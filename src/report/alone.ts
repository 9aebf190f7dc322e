import type { RunManifest } from '../baseline/manifest.ts';
import type { Report } from './report.ts';

/** The report of one model that is compared with nothing. */
export function runReport(manifest: RunManifest): Report {
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
    pictures: [],
    audit: null,
    noPictures: null,
    limits: [],
    changes: [],
    notes: manifest.notes,
    links: { report: null, run: null },
  };
}
