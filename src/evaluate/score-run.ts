import type { ManifestHead } from '../baseline/head.ts';
import type { ConditionMetrics, RunManifest } from '../baseline/manifest.ts';
import type { Run } from '../baseline/run.ts';
import { moveBoxes } from '../boxes/move.ts';
import type { Warp } from '../boxes/warp.ts';
import type { Condition } from '../perturb/condition.ts';
import { changedWarp } from '../perturb/change.ts';
import type { Progress } from './progress.ts';
import { bestF1Confidence } from './confidence.ts';
import type { WarpOf } from './consistency.ts';
import { findObjects, imageRisk, riskCounts } from './risk.ts';
import { matchCondition, type MatchedCondition, scoreCondition } from './score.ts';

/**
 * Scores every condition of a run, one at a time.
 *
 * @param tables     Of the run; the clean condition comes first.
 * @param confidence The config's operating confidence; without it the one where F1 is best on clean images.
 * @param progress   Told condition by condition.
 */
export async function scoreRun(
  head: Pick<ManifestHead, 'dataset' | 'images' | 'suite'>,
  tables: Pick<Run, 'truth' | 'detections'>,
  confidence: number | undefined,
  progress?: Progress,
): Promise<Pick<RunManifest, 'metrics' | 'confidence'>> {
  const classCount = head.dataset.classes.length;
  progress?.start('score', head.suite.conditions.length, 0, 'conditions');
  const match = async (index: number): Promise<MatchedCondition> =>
    matchCondition(await tables.truth(index), await tables.detections(index), classCount);
  const matchedClean = await match(0);
  const operating = confidence ?? bestF1Confidence(matchedClean);
  const clean = findObjects(matchedClean, operating);
  const metrics: ConditionMetrics[] = [];
  for (const [index, condition] of head.suite.conditions.entries()) {
    const changed = index === 0 ? clean : findObjects(await match(index), operating);
    const score = scoreCondition(changed);
    const entry = {
      condition: condition.id,
      ...score,
      classes: [...score.classes],
      classes50: [...score.classes50],
    };
    const risk =
      index === 0 ? null : imageRisk(clean, changed, forwarder(conditionWarps(head, condition)));
    metrics.push(risk ? { ...entry, risk: riskCounts(risk) } : entry);
    progress?.advance(1, condition.id);
  }
  progress?.finish();
  return {
    confidence: { value: operating, source: confidence === undefined ? 'f1' : 'config' },
    metrics,
  };
}

/** How the points of each image move under a condition. It is found out once, where it is asked. */
export function conditionWarps(
  head: Pick<ManifestHead, 'images' | 'suite'>,
  condition: Condition,
): WarpOf {
  const warps = new Map<number, Warp | null>();
  return (image) => {
    const known = warps.get(image);
    if (known !== undefined) return known;
    const sample = head.images[image]!;
    const warp = changedWarp(sample, sample.digest, condition, head.suite.seed);
    warps.set(image, warp);
    return warp;
  };
}

/** Maps boxes of an image into the frame of a condition. */
export function forwarder(warpOf: WarpOf): (image: number, boxes: Float64Array) => Float64Array {
  return (image, boxes) => {
    const warp = warpOf(image);
    return warp ? moveBoxes(boxes, warp) : boxes;
  };
}
