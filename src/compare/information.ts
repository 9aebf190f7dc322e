import type { TruthTable } from '../boxes/labels.ts';
import { mean } from '../evaluate/average-precision.ts';
import { isOfSize, type Size, sizes } from '../evaluate/sizes.ts';
import type { Condition } from '../perturb/condition.ts';
import { LEAST_SURE_GROUPS } from './class-drops.ts';
import type { RiskComparison } from './comparison.ts';
import type { ConditionColumns, Groups, Pair, RiskValue } from './condition-columns.ts';
import { type CorruptionSummary, summarizeCorruption } from './corruption.ts';
import { riskFoundByBoth } from './found-by-both.ts';
import { standardErrorOf } from './max-t.ts';
import type { Node } from './nodes.ts';
import { compareRisk } from './risk-nodes.ts';
import type { Side } from './sides.ts';

/** COCO's AP@[.50:.95] x 100 of small, medium or large objects, baseline and candidate. Null without any. */
export interface SizeComparison {
  readonly size: Size;
  /** Objects of that size on the original images, and the groups that have one. */
  readonly objects: number;
  readonly groups: number;
  readonly clean: readonly [baseline: number | null, candidate: number | null];
  /** Mean over the perturbed conditions, weighted as `overall`; sizes are those in the changed image. */
  readonly perturbed: readonly [baseline: number | null, candidate: number | null];
  /** Points lost on perturbed images. */
  readonly drop: number | null;
  /** Of the drop; null without one, or where too few groups have such an object to tell. */
  readonly standardError: number | null;
}

/** Numbers that explain; no verdict rests on them. */
export interface Information {
  readonly sizes: readonly SizeComparison[];
  /** Null without perturbations, or without ground truth. */
  readonly corruption: CorruptionSummary | null;
  /** Risk scores on the objects that both models found on the original images. */
  readonly foundByBoth: readonly RiskComparison[];
  /** Risk scores without labels: of each model's own detections on the original images. */
  readonly consistency: readonly RiskComparison[];
}

/** Where nothing further was looked at. */
export const noInformation: Information = {
  sizes: [],
  corruption: null,
  foundByBoth: [],
  consistency: [],
};

/** Takes the conditions of two runs one by one, in the order of the suite. */
interface InformationCollector {
  add(clean: Pair<Side>, changed: Pair<Side>): void;
  finish(): Information;
}

/**
 * Collects what a comparison tells beside what it judges, so that tables are still read one condition at a time.
 *
 * @param conditions Of the suite.
 * @param nodes      Of the suite.
 */
export function collectInformation(
  conditions: readonly Condition[],
  nodes: readonly Node[],
  groups: Groups,
): InformationCollector {
  const sized = sizes.map((size) => tallyDrop(size, groups));
  const weights = nodes.find(({ level }) => level === 'overall')?.weights;
  const maps: Pair<(number | null)[]> = { baseline: [], candidate: [] };
  const both: (Pair<RiskValue> | null)[] = [];
  const consistency: (Pair<RiskValue> | null)[] = [];
  let original: TruthTable | null = null;
  return {
    add(clean, { baseline, candidate }) {
      original ??= clean.candidate.found.truth;
      const weight = weights?.[maps.baseline.length] ?? 0;
      for (const tally of sized) tally.add(baseline.sizes, candidate.sizes, weight);
      maps.baseline.push(cocoMap(baseline.map));
      maps.candidate.push(cocoMap(candidate.map));
      both.push(
        baseline.risk &&
          candidate.risk &&
          riskFoundByBoth(
            { baseline: clean.baseline.found, candidate: clean.candidate.found },
            candidate.found,
            { baseline: baseline.risk, candidate: candidate.risk },
            groups,
          ),
      );
      consistency.push(
        baseline.consistency &&
          candidate.consistency && {
            baseline: baseline.consistency,
            candidate: candidate.consistency,
          },
      );
    },
    finish: () => ({
      sizes: sized.flatMap((tally) => (original ? [tally.finish(original)] : [])),
      corruption: summarizeCorruption(conditions, maps),
      foundByBoth: compareRisk(nodes, both, groups.count),
      consistency: compareRisk(nodes, consistency, groups.count),
    }),
  };
}

/** COCO's mAP x 100: over all classes, too rare ones included. */
function cocoMap({ classes }: ConditionColumns): number | null {
  const known = classes.filter((value) => value !== null);
  return known.length > 0 ? mean(known) : null;
}

/** AP of the objects of one size, condition by condition: what it holds does not grow with the conditions. */
function tallyDrop(
  size: Size,
  groups: Groups,
): {
  /** @param weight Of the condition in the mean over perturbations; 0 for the clean one, which comes first. */
  add(baseline: Side['sizes'], candidate: Side['sizes'], weight: number): void;
  finish(truth: TruthTable): SizeComparison;
} {
  let clean: readonly [number | null, number | null] | null = null;
  const sums = { baseline: 0, candidate: 0, weight: 0 };
  const influence = new Float64Array(groups.count);
  return {
    add({ [size]: before }, { [size]: now }, weight) {
      clean ??= [before?.value ?? null, now?.value ?? null];
      // Both models have the same ground truth, so both or neither.
      if (!before || !now || weight === 0) return;
      sums.baseline += weight * before.value;
      sums.candidate += weight * now.value;
      sums.weight += weight;
      for (let g = 0; g < influence.length; g++) {
        influence[g]! += weight * (before.influence[g]! - now.influence[g]!);
      }
    },
    finish(truth) {
      const known = sums.weight > 0;
      const [before, now] = [sums.baseline / sums.weight, sums.candidate / sums.weight];
      const counts = countSize(truth, size, groups);
      const sure = known && counts.groups >= LEAST_SURE_GROUPS;
      return {
        size,
        ...counts,
        clean: clean ?? [null, null],
        perturbed: known ? [before, now] : [null, null],
        drop: known ? before - now : null,
        standardError: sure ? standardErrorOf(influence) / sums.weight : null,
      };
    },
  };
}

function countSize(
  truth: TruthTable,
  size: Size,
  groups: Groups,
): { objects: number; groups: number } {
  const seen = new Set<number>();
  let objects = 0;
  groups.of.forEach((group, image) => {
    for (let row = truth.offsets[image]!; row < truth.offsets[image + 1]!; row++) {
      if (truth.ignored[row] || truth.crowd[row] || !isOfSize(truth.areas[row]!, size)) continue;
      objects += 1;
      seen.add(group);
    }
  });
  return { objects, groups: seen.size };
}
