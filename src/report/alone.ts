import type { RunManifest } from '../baseline/manifest.ts';
import type { Report } from './report.ts';

/** The report of one model that is compared with nothing. */
export function runReport(manifest: RunManifest): Report {
  return {
    name: 'run',
    verdict: {
      status: 'no-baseline',
      sentence: 'One model alone: nothing to compare with.',
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
    noPictures: null,
    limits: [],
    changes: [],
    notes: manifest.notes,
    links: { report: null, run: null },
  };
}
