import type { Change, Comparison, NodeComparison } from './comparison.ts';
import type { JudgedPair } from './condition-columns.ts';
import {
  degreesOf,
  jointTest,
  jointTestOfDraws,
  NO_ERROR,
  standardErrorOf,
  standardErrorOfDraws,
  studentQuantile,
  type TestColumn,
} from './max-t.ts';
import { type Metric, roomToLose, worsening } from './metric.ts';
import { type Node, weigh, weighColumns } from './nodes.ts';
import { type GatePolicy, LEAST_GROUPS, marginOf, ruleOutAlphaOf } from './policy.ts';
import { covers } from './waivers.ts';

/** A node with fewer points to lose is not tested. */
const LEAST_BASELINE = 5;

/** Normal quantile of a power of 80 %. */
const POWER_80 = 0.8416;

interface Measured extends TestColumn {
  readonly node: Node;
  readonly metric: Metric;
  readonly baseline: number;
  readonly candidate: number;
  readonly untested: NodeComparison['untested'];
  /** The drop in each replicate, where it was counted anew. */
  readonly redrawn: Float64Array | null;
}

/**
 * Tests every node jointly and gives each its interval.
 *
 * @param pairs  Both models, condition by condition.
 * @param groups Number of groups.
 * @param replicates Of the linearised bootstrap; where drops were counted anew, as many as were.
 */
export function compareNodes(
  nodes: readonly Node[],
  pairs: readonly JudgedPair[],
  policy: GatePolicy,
  groups: number,
  replicates: number,
  seed: number,
): { results: NodeComparison[]; test: Comparison['test'] } {
  const measured = nodes.map((node) => measure(node, pairs, policy, groups));
  const tested = measured.filter(({ untested }) => untested === null);
  const redrawn = tested.flatMap((item) =>
    item.redrawn ? [{ ...item, redrawn: item.redrawn }] : [],
  );
  const joint =
    redrawn.length > 0
      ? jointTestOfDraws(redrawn, groups, policy.alpha)
      : jointTest(tested, groups, replicates, seed, policy.alpha);
  const student = studentQuantile(1 - ruleOutAlphaOf(policy), degreesOf(groups));
  const results = measured.map((item): NodeComparison => {
    const index = tested.indexOf(item);
    const adjustedP = index < 0 ? null : joint.adjustedP[index]!;
    const reach = joint.criticalTwoSided * item.standardError;
    const interval = [item.drop - reach, item.drop + reach] as const;
    return {
      level: item.node.level,
      name: item.node.name,
      metric: item.metric,
      baseline: item.baseline,
      candidate: item.candidate,
      drop: item.drop,
      standardError: item.standardError,
      interval,
      change: changeOf(item, interval),
      maxDrop: item.maxDrop,
      regressed: groups >= LEAST_GROUPS && adjustedP !== null && adjustedP <= policy.alpha,
      waiver: policy.waivers.find(({ node }) => covers(node, item.node)) ?? null,
      adjustedP,
      detectableDrop: item.maxDrop + (joint.critical + POWER_80) * item.standardError,
      ruledOut: item.drop + student * item.standardError,
      untested: item.untested,
    };
  });
  const { critical, criticalTwoSided } = joint;
  const test = {
    alpha: policy.alpha,
    ruleOutAlpha: ruleOutAlphaOf(policy),
    replicates,
    seed,
    tested: tested.length,
    critical,
    criticalTwoSided,
  };
  return { results, test };
}

function measure(
  node: Node,
  pairs: readonly JudgedPair[],
  policy: GatePolicy,
  groups: number,
): Measured {
  const columns = pairs.map(({ gated, classes }) =>
    node.class === undefined ? gated : classes.get(node.class)!,
  );
  const { metric } = columns[node.weights.findIndex((weight) => weight > 0)]!;
  const value = (side: 'baseline' | 'candidate'): number =>
    weigh(
      node.weights,
      columns.map((column) => column[side].value),
    );
  const worse = columns.map((column, i) =>
    // Most nodes are of few conditions.
    node.weights[i] === 0
      ? column.baseline.influence
      : column.baseline.influence.map((influence, g) =>
          worsening(metric, influence, column.candidate.influence[g]!),
        ),
  );
  const influence = weighColumns(node.weights, worse, groups);
  const [baseline, candidate] = [value('baseline'), value('candidate')];
  const drop = worsening(metric, baseline, candidate);
  const redrawn = redrawnOf(node, pairs);
  const error = redrawn ? standardErrorOfDraws(redrawn, groups) : standardErrorOf(influence);
  const identical = error < NO_ERROR && Math.abs(drop) < NO_ERROR;
  // A perfect model has no influence values: losing everything it found is no identity.
  const standardError = identical ? 0 : Math.max(error, NO_ERROR);
  const maxDrop = marginOf(policy, node.level, node.name);
  const untested = identical
    ? ('identical' as const)
    : roomToLose(metric, baseline) < Math.max(LEAST_BASELINE, 2 * maxDrop)
      ? ('baseline-too-low' as const)
      : null;
  return {
    node,
    metric,
    baseline,
    candidate,
    drop,
    influence,
    standardError,
    maxDrop,
    untested,
    redrawn,
  };
}

function redrawnOf(node: Node, pairs: readonly JudgedPair[]): Float64Array | null {
  const columns = pairs.flatMap(({ redrawn }) =>
    redrawn ? [node.class === undefined ? redrawn.gated : redrawn.classes.get(node.class)!] : [],
  );
  const [first] = columns;
  return first ? weighColumns(node.weights, columns, first.length) : null;
}

function changeOf(item: Measured, [lower, upper]: readonly [number, number]): Change {
  if (item.untested === 'identical') return 'identical';
  if (lower > 0) return 'worse';
  return upper < 0 ? 'better' : 'no visible change';
}
