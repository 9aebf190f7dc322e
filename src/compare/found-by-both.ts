import type { FoundCondition } from '../evaluate/risk.ts';
import { imagesOf } from '../evaluate/table.ts';
import {
  type Groups,
  type Pair,
  type RiskColumns,
  riskRatio,
  type RiskValue,
} from './condition-columns.ts';

/**
 * Risk scores of both models on the objects that both found on the original images: a model that finds only the
 * easy ones there has less to lose, and here that counts for nothing. Spurious detections are each model's own.
 *
 * @param clean   Found on the original images.
 * @param changed Its truth says which objects have left the image.
 * @param risk    Of the same condition.
 * @see STATISTICS.md 1.3.
 */
export function riskFoundByBoth(
  clean: Pair<FoundCondition>,
  { truth: { ignored, crowd } }: FoundCondition,
  risk: Pair<RiskColumns>,
  groups: Groups,
): Pair<RiskValue> {
  const { offsets } = clean.candidate.truth;
  const imageOf = imagesOf(offsets);
  const both = (row: number): boolean =>
    clean.baseline.findings.found[row] === 1 && clean.candidate.findings.found[row] === 1;
  const found = new Int32Array(offsets.length - 1);
  imageOf.forEach((image, row) => {
    if (both(row) && !ignored[row] && !crowd[row]) found[image]! += 1;
  });
  const side = ({ counts }: RiskColumns): RiskValue => {
    const lost = new Int32Array(found.length);
    for (const row of counts.lostObjects) if (both(row)) lost[imageOf[row]!]! += 1;
    return riskRatio({ found, lost, spurious: counts.spurious }, groups);
  };
  return { baseline: side(risk.baseline), candidate: side(risk.candidate) };
}
