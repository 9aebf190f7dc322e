import type { DetectionTable, TruthTable } from '../src/boxes/labels.ts';
import { compareNodes } from '../src/compare/compare-nodes.ts';
import { gatedClasses } from '../src/compare/compare.ts';
import type { Comparison } from '../src/compare/comparison.ts';
import {
  type Column,
  type ConditionColumns,
  type Groups,
  mapColumns,
} from '../src/compare/condition-columns.ts';
import { type Node, weigh } from '../src/compare/nodes.ts';
import { noInformation } from '../src/compare/information.ts';
import { type GatePolicy, GatePolicySchema } from '../src/compare/policy.ts';
import { matchCondition, type MatchedCondition } from '../src/evaluate/score.ts';
import { judge } from '../src/judge/judge.ts';
import type { Tally } from './results.ts';
import { tallyOf } from './tally.ts';

/** The defaults: what is simulated is what a user gets. */
export const defaults: GatePolicy = GatePolicySchema.parse({});

/**
 * Bootstrap replicates of a simulated verdict. A quarter of the product's: the test is as valid, its critical
 * value a little noisier.
 */
const REPLICATES = 1000;

/** The product's scores of one model under one condition, every image a group of its own. */
export function scoreColumns(
  truth: TruthTable,
  detections: DetectionTable,
  gated: readonly boolean[],
): ConditionColumns {
  return matchedColumns(matchCondition(truth, detections, gated.length), gated);
}

/** The same of what is matched already. */
export function matchedColumns(
  matched: MatchedCondition,
  gated: readonly boolean[],
): ConditionColumns {
  return mapColumns(matched, gated, ungrouped(matched.truth));
}

/** Which classes the product gates on these images. */
export function gatedIn(truth: TruthTable, classCount: number): boolean[] {
  return gatedClasses(truth, ungrouped(truth), classCount);
}

function ungrouped({ offsets }: TruthTable): Groups {
  const count = offsets.length - 1;
  return { count, of: Int32Array.from({ length: count }, (_, image) => image) };
}

/**
 * Compares, judges and counts one pull request.
 *
 * @param seed  Of the bootstrap.
 * @param drops True drop of each condition, in points.
 * @param policy The product's defaults, or what a look is judged by.
 */
export function judgeColumns(
  nodes: readonly Node[],
  baseline: readonly ConditionColumns[],
  candidate: readonly ConditionColumns[],
  seed: number,
  drops: readonly number[],
  policy: GatePolicy = defaults,
  replicates: number = REPLICATES,
): Tally {
  const pairs = baseline.map((columns, i) => {
    const map = { baseline: columns, candidate: candidate[i]! };
    const gated = {
      metric: policy.metric,
      baseline: asGated(map.baseline),
      candidate: asGated(map.candidate),
    };
    return {
      map,
      gated,
      classes: new Map(),
      risk: null,
      newlyLost: [],
      newlyFixed: [],
      redrawn: null,
    };
  });
  const groups = baseline[0]!.influence.length;
  const { results, test } = compareNodes(nodes, pairs, policy, groups, replicates, seed);
  const comparison: Comparison = {
    metric: policy.metric,
    images: groups,
    groups,
    nodes: results,
    risk: [],
    classes: [],
    classDrops: [],
    errors: [],
    failures: [],
    information: noInformation,
    fixes: [],
    test,
    identical: false,
    leftOut: null,
    notes: [],
  };
  const truth = nodes.map(({ weights }) => weigh(weights, drops));
  return tallyOf(comparison, judge(comparison, policy), truth, policy);
}

function asGated({ map, influence }: ConditionColumns): Column {
  return { value: map, influence };
}
