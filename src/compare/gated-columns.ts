import { averagePrecisions, mean } from '../evaluate/average-precision.ts';
import { classInfluence } from '../evaluate/influence.ts';
import { IOU_THRESHOLDS } from '../evaluate/match.ts';
import { classMatches, type MatchedCondition } from '../evaluate/score.ts';
import {
  type Column,
  type ConditionColumns,
  type Groups,
  mapColumns,
  type RiskColumns,
} from './condition-columns.ts';
import type { Metric } from './metric.ts';

/** AP50 is the first of COCO's thresholds. */
const AT_50 = [0];

/** Indexes of the IoU thresholds that a metric's AP is the mean over: the first, or all of COCO's. */
export function thresholdsOf(metric: Metric): readonly number[] {
  return metric === 'ap50' ? AT_50 : [...IOU_THRESHOLDS.keys()];
}

/**
 * The gated metric of one model under one condition.
 *
 * A risk score says nothing of clean images, and a model that finds nothing there loses nothing: so with
 * `risk` the clean condition is judged by its mAP, and where nothing was found the risk counts as 100, not as
 * the 0 that is printed (STATISTICS.md 1.3 flags it).
 *
 * @param map  Of the same model and condition.
 * @param risk Of the same; null for the clean condition.
 */
export function gatedColumn(
  metric: Metric,
  condition: MatchedCondition,
  map: ConditionColumns,
  risk: RiskColumns | null,
  gated: readonly boolean[],
  groups: Groups,
): Column & { readonly metric: Metric } {
  if (metric === 'ap50')
    return { metric, ...asColumn(mapColumns(condition, gated, groups, { thresholds: AT_50 })) };
  if (metric === 'map' || risk === null) return { metric: 'map', ...asColumn(map) };
  return { metric, value: risk.nothing ? 100 : risk.value, influence: risk.influence };
}

function asColumn({ map, influence }: ConditionColumns): Column {
  return { value: map, influence };
}

/**
 * AP of one class under one condition.
 *
 * @param metric  `ap50` or the mean over COCO's thresholds.
 * @param wanted  The class.
 */
export function classColumn(
  metric: Metric,
  condition: MatchedCondition,
  wanted: number,
  groups: Groups,
): Column {
  const matches = classMatches(condition, wanted);
  const values = averagePrecisions(matches);
  if (values === null) return { value: 0, influence: new Float64Array(groups.count) };
  const thresholds = thresholdsOf(metric);
  const influence = classInfluence(matches, groups.of, groups.count, thresholds);
  return {
    value: 100 * mean(thresholds.map((t) => values[t]!)),
    influence: influence.map((value) => 100 * value),
  };
}
