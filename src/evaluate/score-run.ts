import type { ManifestHead } from '../baseline/head.ts';
import type { ConditionMetrics, RunManifest } from '../baseline/manifest.ts';
import type { Run } from '../baseline/run.ts';
import { moveBoxes } from '../boxes/move.ts';
import type { Condition } from '../perturb/condition.ts';
import { changedWarp } from '../perturb/change.ts';
import { bestF1Confidence } from './confidence.ts';
import { findObjects, imageRisk, riskCounts } from './risk.ts';
import { scoreCondition } from './score.ts';

/**
 * Scores every condition of a run, one at a time.
 *
 * @param tables     Of the run; the clean condition comes first.
 * @param confidence The config's operating confidence; without it the one where F1 is best on clean images.
 */
export async function scoreRun(
  head: Pick<ManifestHead, 'dataset' | 'images' | 'suite'>,
  tables: Pick<Run, 'truth' | 'detections'>,
  confidence: number | undefined,
): Promise<Pick<RunManifest, 'metrics' | 'confidence'>> {
  const classCount = head.dataset.classes.length;
  const truth = await tables.truth(0);
  const detections = await tables.detections(0);
  const operating = confidence ?? bestF1Confidence(truth, detections, classCount);
  const findings = findObjects(truth, detections, classCount, operating);
  const clean = { truth, detections, findings };
  const metrics: ConditionMetrics[] = [];
  for (const [index, condition] of head.suite.conditions.entries()) {
    const changed = {
      truth: await tables.truth(index),
      detections: await tables.detections(index),
    };
    const score = scoreCondition(changed.truth, changed.detections, classCount);
    const entry = {
      condition: condition.id,
      ...score,
      classes: [...score.classes],
      classes50: [...score.classes50],
    };
    if (condition.kind === 'clean') {
      metrics.push(entry);
      continue;
    }
    const found = findObjects(changed.truth, changed.detections, classCount, operating);
    const risk = imageRisk(clean, { ...changed, findings: found }, forwarder(head, condition));
    metrics.push({ ...entry, risk: riskCounts(risk) });
  }
  return {
    confidence: { value: operating, source: confidence === undefined ? 'f1' : 'config' },
    metrics,
  };
}

/** Maps boxes of an image into the frame of a condition. */
export function forwarder(
  head: Pick<ManifestHead, 'images' | 'suite'>,
  condition: Condition,
): (image: number, boxes: Float64Array) => Float64Array {
  return (image, boxes) => {
    const sample = head.images[image]!;
    const warp = changedWarp(sample, sample.digest, condition, head.suite.seed);
    return warp ? moveBoxes(boxes, warp) : boxes;
  };
}
