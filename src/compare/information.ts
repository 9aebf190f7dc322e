import type { TruthTable } from '../boxes/labels.ts';
import { mean } from '../evaluate/average-precision.ts';
import { isOfSize, type Size, sizes } from '../evaluate/sizes.ts';
import type { Condition } from '../perturb/condition.ts';
import type { RiskComparison } from './comparison.ts';
import type { ConditionColumns, Groups, Pair, RiskValue } from './condition-columns.ts';
import { type CorruptionSummary, summarizeCorruption } from './corruption.ts';
import { riskFoundByBoth } from './found-by-both.ts';
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
  /** @param nodes Of the suite. */
  finish(nodes: readonly Node[]): Information;
}

/**
 * Collects what a comparison tells beside what it judges, so that tables are still read one condition at a time.
 *
 * @param conditions Of the suite.
 */
export function collectInformation(
  conditions: readonly Condition[],
  groups: Groups,
): InformationCollector {
  const precisions: Pair<Side['sizes']>[] = [];
  const maps: Pair<(number | null)[]> = { baseline: [], candidate: [] };
  const both: (Pair<RiskValue> | null)[] = [];
  const consistency: (Pair<RiskValue> | null)[] = [];
  let original: TruthTable | null = null;
  return {
    add(clean, { baseline, candidate }) {
      original ??= clean.candidate.found.truth;
      precisions.push({ baseline: baseline.sizes, candidate: candidate.sizes });
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
    finish: (nodes) => ({
      sizes: original ? compareSizes(nodes, precisions, original, groups) : [],
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

function compareSizes(
  nodes: readonly Node[],
  precisions: readonly Pair<Side['sizes']>[],
  truth: TruthTable,
  groups: Groups,
): SizeComparison[] {
  const weights = nodes.find(({ level }) => level === 'overall')?.weights;
  return sizes.map((size) => {
    const clean = (side: keyof Pair<unknown>): number | null => precisions[0]?.[side][size] ?? null;
    const perturbed = (side: keyof Pair<unknown>): number | null => {
      let [sum, total] = [0, 0];
      precisions.forEach((of, condition) => {
        const value = of[side][size];
        const weight = weights?.[condition] ?? 0;
        if (value === null || weight === 0) return;
        sum += weight * value;
        total += weight;
      });
      return total > 0 ? sum / total : null;
    };
    const [before, now] = [perturbed('baseline'), perturbed('candidate')];
    return {
      size,
      ...countSize(truth, size, groups),
      clean: [clean('baseline'), clean('candidate')],
      perturbed: [before, now],
      drop: before === null || now === null ? null : before - now,
    };
  });
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
