import type { Comparison, NodeComparison } from '../src/compare/comparison.ts';
import { degreesOf, studentQuantile } from '../src/compare/max-t.ts';
import type { GatePolicy } from '../src/compare/policy.ts';
import type { Verdict } from '../src/judge/verdict.ts';
import { emptyTally, type Tally } from './results.ts';

/** Points that a condition must lose for the naive rule. */
const NAIVE = 1;

/** Rounding of a calibrated drop: what is exactly at a margin is not over it. */
const ROUNDING = 1e-9;

/**
 * One pull request, beside the truth.
 *
 * @param truth True drop of each node of the comparison, in points.
 */
export function tallyOf(
  comparison: Comparison,
  verdict: Verdict,
  truth: readonly number[],
  policy: GatePolicy,
): Tally {
  const { nodes, groups } = comparison;
  const conditions = nodes.filter(({ level }) => level === 'condition');
  const student = studentQuantile(0.975, degreesOf(groups));
  const claims = nodes
    .map((node, i) => ({ node, drop: truth[i]! }))
    .filter(({ node }) => claimed(node));
  const families = nodes.filter(({ level }) => level === 'family');
  const over = (drop: number, limit: number): boolean => drop > limit + ROUNDING;
  return {
    ...emptyTally(),
    runs: 1,
    regressed: Number(verdict.status === 'regressed'),
    pass: Number(verdict.status === 'pass'),
    inconclusive: Number(verdict.status === 'inconclusive'),
    falseFlag: Number(nodes.some((node, i) => node.regressed && !over(truth[i]!, node.maxDrop))),
    naive: Number(conditions.some(({ drop }) => drop > NAIVE)),
    uncorrected: Number(
      conditions.some(({ drop, standardError }) => drop - student * standardError > 0),
    ),
    covered: Number(
      nodes.every(({ interval: [lower, upper] }, i) => lower <= truth[i]! && truth[i]! <= upper),
    ),
    claims: claims.length,
    wrongClaims: claims.filter(({ node, drop }) => over(drop, node.ruledOut)).length,
    wrongPass: Number(
      verdict.status === 'pass' && claims.some(({ drop }) => drop >= policy.ruleOut - ROUNDING),
    ),
    familyError: families.reduce((sum, { standardError }) => sum + standardError, 0),
    families: families.length,
  };
}

/** The nodes that a pass speaks of. */
function claimed({ level, untested }: NodeComparison): boolean {
  return (level === 'clean' || level === 'family') && untested !== 'baseline-too-low';
}
