import type { RiskComparison, RiskScore } from './comparison.ts';
import type { Pair, RiskValue } from './condition-columns.ts';
import { standardErrorOf } from './max-t.ts';
import { type Node, weigh, weighColumns } from './nodes.ts';

/**
 * Risk scores of both models, overall, by family and by perturbation.
 *
 * @param pairs Condition by condition; null for the clean one.
 */
export function compareRisk(
  nodes: readonly Node[],
  pairs: readonly (Pair<RiskValue> | null)[],
  groups: number,
): RiskComparison[] {
  return nodes.flatMap(({ level, name, weights }) => {
    if (level !== 'overall' && level !== 'family' && level !== 'perturbation') return [];
    const side = (which: keyof Pair<RiskValue>): { score: RiskScore; influence: Float64Array } => {
      const values = (of: (risk: RiskValue) => number): number =>
        weigh(
          weights,
          pairs.map((pair) => (pair ? of(pair[which]) : 0)),
        );
      const columns = pairs.map((pair) => pair?.[which].influence ?? new Float64Array(groups));
      const influence = weighColumns(weights, columns, groups);
      const score = {
        value: values((risk) => risk.value),
        standardError: standardErrorOf(influence),
        lost: values((risk) => risk.lost),
        spurious: values((risk) => risk.spurious),
      };
      return { score, influence };
    };
    const [baseline, candidate] = [side('baseline'), side('candidate')];
    const difference = candidate.influence.map((value, g) => value - baseline.influence[g]!);
    return [
      {
        level,
        name,
        baseline: baseline.score,
        candidate: candidate.score,
        rise: candidate.score.value - baseline.score.value,
        standardError: standardErrorOf(difference),
      },
    ];
  });
}
