import type { RunManifest } from '../baseline/manifest.ts';
import type { TruthTable } from '../boxes/labels.ts';
import type { FailureExample, NodeComparison } from './comparison.ts';
import type { ConditionPair, Groups } from './condition-columns.ts';

const MOST = 50;
const MOST_OF_A_CONDITION = 3;

/**
 * Objects that the candidate finds on the original image and misses on the changed one, where the baseline
 * still finds them. The conditions with the largest drop come first, three images of each, those that
 * cause the drop before others; no image twice while there are others.
 */
export function failureExamples(
  nodes: readonly NodeComparison[],
  pairs: readonly ConditionPair[],
  truth: TruthTable,
  groups: Groups,
  manifest: RunManifest,
): FailureExample[] {
  const dropOf = new Map(
    nodes.filter(({ level }) => level === 'condition').map(({ name, drop }) => [name, drop]),
  );
  const conditions = manifest.suite.conditions
    .map(({ id }, index) => ({ id, index, drop: dropOf.get(id) ?? -Infinity }))
    .filter(({ drop }) => drop > 0)
    .sort((a, b) => b.drop - a.drop || a.index - b.index);
  const shown = new Set<number>();
  const examples: FailureExample[] = [];
  for (const { id, index } of conditions) {
    const all = examplesOf(id, pairs[index]!, truth, groups, manifest);
    const fresh = all.filter(({ image }) => !shown.has(image));
    for (const example of fresh.slice(0, MOST_OF_A_CONDITION)) {
      shown.add(example.image);
      examples.push(example);
    }
  }
  return examples.slice(0, MOST);
}

function examplesOf(
  condition: string,
  { map, newlyLost }: ConditionPair,
  truth: TruthTable,
  groups: Groups,
  manifest: RunManifest,
): FailureExample[] {
  const rowsOfImage = new Map<number, number[]>();
  let image = 0;
  for (const row of newlyLost) {
    while (row >= truth.offsets[image + 1]!) image += 1;
    rowsOfImage.set(image, [...(rowsOfImage.get(image) ?? []), row]);
  }
  return [...rowsOfImage]
    .map(([rank, rows]) => {
      const group = groups.of[rank]!;
      return {
        image: rank,
        imageId: manifest.images[rank]!.id,
        condition,
        objects: rows.map((row) => row - truth.offsets[rank]!),
        classes: rows.map((row) => manifest.dataset.classes[truth.classes[row]!]!),
        influence: map.baseline.influence[group]! - map.candidate.influence[group]!,
      };
    })
    .sort((a, b) => b.influence - a.influence || a.image - b.image);
}
