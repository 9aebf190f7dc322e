import type { TruthTable } from '../boxes/labels.ts';
import type { ClassComparison } from './comparison.ts';
import type { ConditionPair, Pair } from './condition-columns.ts';
import type { Node } from './nodes.ts';

/**
 * Both models class by class, on clean images and over the suite (weighted as the overall node).
 *
 * @param standardErrors Of each class's drop over the suite.
 */
export function compareClasses(
  nodes: readonly Node[],
  pairs: readonly ConditionPair[],
  truth: TruthTable,
  groupsOfClass: readonly number[],
  standardErrors: readonly (number | null)[],
  names: readonly string[],
): ClassComparison[] {
  const overall = nodes.find(({ level }) => level === 'overall');
  return names.map((name, wanted) => {
    const clean = (side: keyof Pair<unknown>): number | null =>
      pairs[0]?.map[side].classes[wanted] ?? null;
    const perturbed = (side: keyof Pair<unknown>): number | null => {
      let [sum, weights] = [0, 0];
      pairs.forEach(({ map }, condition) => {
        const value = map[side].classes[wanted];
        const weight = overall?.weights[condition] ?? 0;
        if (value === null || value === undefined || weight === 0) return;
        sum += weight * value;
        weights += weight;
      });
      return weights > 0 ? sum / weights : null;
    };
    return {
      name,
      objects: truth.classes.filter(
        (of, row) => of === wanted && !truth.ignored[row] && !truth.crowd[row],
      ).length,
      groups: groupsOfClass[wanted] ?? 0,
      clean: [clean('baseline'), clean('candidate')],
      perturbed: [perturbed('baseline'), perturbed('candidate')],
      standardError: standardErrors[wanted] ?? null,
    };
  });
}
