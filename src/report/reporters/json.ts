import type { RunManifest } from '../../baseline/manifest.ts';
import type { Report } from '../report.ts';
import { corruptionMean } from '../../compare/corruption.ts';
import { nodeValues } from '../single.ts';

/** Raised when fields change their meaning or go. */
const SCHEMA_VERSION = 1;

/** The machine-readable document that `--json` prints: two-space indented, ends with the closing brace. */
export function renderJson(report: Report): string {
  const {
    name,
    verdict,
    baseline,
    candidate,
    comparison,
    effects,
    source,
    reference,
    audit,
    limits,
    changes,
    notes,
    links,
  } = report;
  const document = {
    schemaVersion: SCHEMA_VERSION,
    name,
    verdict,
    baseline: baseline ? { ...model(baseline), source } : null,
    candidate: model(candidate),
    dataset: {
      images: candidate.images.length,
      groups: candidate.dataset.groups,
      classes: candidate.dataset.classes,
      imagesDigest: candidate.dataset.imagesDigest,
      labelsDigest: candidate.dataset.labelsDigest,
    },
    suite: {
      digest: candidate.suite.digest,
      seed: candidate.suite.seed,
      conditions: candidate.suite.conditions.map(({ id }) => id),
    },
    comparison,
    reference: reference && {
      name: reference.name,
      verdict: reference.verdict,
      baseline: reference.baseline
        ? { ...model(reference.baseline), source: reference.source }
        : null,
      comparison: reference.comparison,
    },
    audit,
    limits,
    changes,
    effects: effects.map(({ perturbation, effect, node }) => ({
      perturbation,
      effect,
      drop: node?.drop ?? null,
      interval: node?.interval ?? null,
    })),
    notes,
    links,
  };
  return JSON.stringify(document, null, 2);
}

function model(manifest: RunManifest): object {
  const { model: file, configDigest, confidence, engine, files, tool, suite, metrics } = manifest;
  return {
    model: file,
    tool,
    configDigest,
    confidence,
    engine,
    files,
    corruption: corruptionMean(
      suite.conditions,
      metrics.map(({ map }) => map),
    ),
    nodes: nodeValues(manifest),
  };
}
