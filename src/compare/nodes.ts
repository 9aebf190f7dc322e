import type { Condition } from '../perturb/condition.ts';
import { families } from '../perturb/perturbation.ts';
import type { Level } from './comparison.ts';

/** A quantity that is compared, and the conditions that it is made of. */
export interface Node {
  readonly level: Level;
  readonly name: string;
  /** Weight of each condition of the suite; weights sum to 1. */
  readonly weights: Float64Array;
  /** The class whose AP it is; absent for all classes together. */
  readonly class?: number;
}

/**
 * Every node of a suite: clean, overall, families, perturbations, conditions.
 *
 * A perturbation is the mean over its severities, a family the mean over its perturbations, overall the mean
 * over families: a fourth blur does not drown the others.
 */
export function suiteNodes(conditions: readonly Condition[]): Node[] {
  const node = (level: Level, name: string, weights: Float64Array): Node => ({
    level,
    name,
    weights,
  });
  const single = (wanted: number): Float64Array =>
    Float64Array.from(conditions, (_, index) => Number(index === wanted));
  const perturbationNames = new Map<string, string>();
  for (const condition of conditions) {
    if (condition.kind === 'perturbed')
      perturbationNames.set(condition.perturbation, condition.family);
  }
  const perturbationNodes = [...perturbationNames.keys()].map((name) =>
    node(
      'perturbation',
      name,
      average(
        conditions.flatMap((condition, index) =>
          condition.kind === 'perturbed' && condition.perturbation === name ? [single(index)] : [],
        ),
      ),
    ),
  );
  const familyNodes = families
    .map((family) => ({
      family,
      members: perturbationNodes.filter(({ name }) => perturbationNames.get(name) === family),
    }))
    .filter(({ members }) => members.length > 0)
    .map(({ family, members }) =>
      node('family', family, average(members.map(({ weights }) => weights))),
    );
  return [
    node('clean', 'clean', single(conditions.findIndex(({ kind }) => kind === 'clean'))),
    ...(familyNodes.length > 0
      ? [node('overall', 'overall', average(familyNodes.map(({ weights }) => weights)))]
      : []),
    ...familyNodes,
    ...perturbationNodes,
    ...conditions.flatMap((condition, index) =>
      condition.kind === 'perturbed' ? [node('condition', condition.id, single(index))] : [],
    ),
  ];
}

/**
 * The nodes of the classes that the policy names: each on clean images and over all perturbations.
 *
 * @param nodes  Of the suite.
 * @param named  Class names, as in `maxDrop.classes`.
 * @param judged Whether a class of the data set has objects enough.
 */
export function classNodes(
  nodes: readonly Node[],
  named: readonly string[],
  classes: readonly string[],
  judged: readonly boolean[],
): Node[] {
  return classes.flatMap((name, index) =>
    named.includes(name) && judged[index]
      ? nodes.flatMap(({ level, weights }): Node[] =>
          level === 'clean' || level === 'overall'
            ? [{ level: level === 'clean' ? 'class-clean' : 'class', name, weights, class: index }]
            : [],
        )
      : [],
  );
}

function average(columns: readonly Float64Array[]): Float64Array {
  const [first] = columns;
  if (!first) throw new RangeError('a mean of nothing');
  return first.map((_, i) => columns.reduce((sum, column) => sum + column[i]!, 0) / columns.length);
}

/** The node's value from its conditions' values. */
export function weigh(weights: Float64Array, values: readonly number[]): number {
  return weights.reduce((sum, weight, i) => (weight === 0 ? sum : sum + weight * values[i]!), 0);
}

/** The node's influence values from its conditions' columns. */
export function weighColumns(
  weights: Float64Array,
  columns: readonly Float64Array[],
  groups: number,
): Float64Array {
  const result = new Float64Array(groups);
  weights.forEach((weight, i) => {
    if (weight === 0) return;
    columns[i]!.forEach((value, group) => (result[group]! += weight * value));
  });
  return result;
}
