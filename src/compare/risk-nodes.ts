import type { RiskComparison, RiskScore } from './comparison.ts';
import type { ConditionPair, Pair, RiskColumns } from './condition-columns.ts';
import { standardErrorOf } from './max-t.ts';
import { type Node, weigh, weighColumns } from './nodes.ts';

/** Risk scores of both models, overall, by family and by perturbation. */
export function compareRisk(
  nodes: readonly Node[],
  pairs: readonly ConditionPair[],
  groups: number,
): RiskComparison[] {
  return nodes.flatMap(({ level, name, weights }) => {
    if (level !== 'overall' && level !== 'family' && level !== 'perturbation') return [];
    const side = (
      which: keyof Pair<RiskColumns>,
    ): { score: RiskScore; influence: Float64Array } => {
      const values = (of: (risk: RiskColumns) => number): number =>
        weigh(
          weights,
          pairs.map(({ risk }) => (risk ? of(risk[which]) : 0)),
        );
      const columns = pairs.map(({ risk }) => risk?.[which].influence ?? new Float64Array(groups));
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
