import type { RunManifest } from '../baseline/manifest.ts';
import type { TruthTable } from '../boxes/labels.ts';
import type { FailureExample, NodeComparison } from './comparison.ts';
import type { ConditionPair, Groups } from './condition-columns.ts';
import type { Node } from './nodes.ts';

const MOST = 50;
const MOST_OF_A_CONDITION = 2;

/** Where examples come from: both models under all conditions. */
interface Sources {
  /** What was compared, and the conditions that each is made of. */
  readonly nodes: readonly Node[];
  readonly results: readonly NodeComparison[];
  readonly pairs: readonly ConditionPair[];
  readonly truth: TruthTable;
  readonly groups: Groups;
  readonly manifest: RunManifest;
}

/**
 * Images with objects that the candidate finds on the original and misses on the changed one, where the baseline
 * still finds them: for each node that regressed its worst condition, then the other conditions, the largest drop
 * first. Two images of each, those that cause the drop before others; no image twice.
 */
export function failureExamples(sources: Sources): FailureExample[] {
  const drops = conditionDrops(sources.results);
  const falling = byDrop(drops).filter((id) => (drops.get(id) ?? 0) > 0);
  const worst = regressedNodes(sources).flatMap(({ weights }) => {
    const { conditions } = sources.manifest.suite;
    return falling.find((id) => (weights[indexOf(conditions, id)] ?? 0) > 0) ?? [];
  });
  return examples(sources, [...new Set([...worst, ...falling])], 'broken');
}

/** The other way round: what the baseline loses and the candidate finds, where it gained most first. */
export function fixExamples(sources: Sources): FailureExample[] {
  const drops = conditionDrops(sources.results);
  const rising = byDrop(drops)
    .reverse()
    .filter((id) => (drops.get(id) ?? 0) < 0);
  return examples(sources, rising, 'fixed');
}

/** Single perturbations before what they are part of. */
const detail = ['perturbation', 'condition', 'family', 'class', 'class-clean', 'overall', 'clean'];

function regressedNodes({ nodes, results }: Sources): Node[] {
  return results
    .map((result, index) => ({ result, node: nodes[index]! }))
    .filter(({ result }) => result.regressed)
    .sort(
      (a, b) =>
        detail.indexOf(a.result.level) - detail.indexOf(b.result.level) ||
        b.result.drop - a.result.drop,
    )
    .map(({ node }) => node);
}

function conditionDrops(results: readonly NodeComparison[]): Map<string, number> {
  return new Map(
    results.filter(({ level }) => level === 'condition').map(({ name, drop }) => [name, drop]),
  );
}

function byDrop(drops: ReadonlyMap<string, number>): string[] {
  return [...drops].sort(([, a], [, b]) => b - a).map(([id]) => id);
}

function indexOf(conditions: RunManifest['suite']['conditions'], wanted: string): number {
  return conditions.findIndex(({ id }) => id === wanted);
}

function examples(
  sources: Sources,
  conditions: readonly string[],
  kind: FailureExample['kind'],
): FailureExample[] {
  const shown = new Set<number>();
  const chosen: FailureExample[] = [];
  for (const id of conditions) {
    const fresh = examplesOf(id, sources, kind).filter(({ image }) => !shown.has(image));
    for (const example of fresh.slice(0, MOST_OF_A_CONDITION)) {
      shown.add(example.image);
      chosen.push(example);
    }
    if (chosen.length >= MOST) break;
  }
  return chosen.slice(0, MOST);
}

function examplesOf(
  condition: string,
  { pairs, truth, groups, manifest }: Sources,
  kind: FailureExample['kind'],
): FailureExample[] {
  const { map, newlyLost, newlyFixed } = pairs[indexOf(manifest.suite.conditions, condition)]!;
  const rowsOfImage = new Map<number, number[]>();
  let image = 0;
  for (const row of kind === 'broken' ? newlyLost : newlyFixed) {
    while (row >= truth.offsets[image + 1]!) image += 1;
    rowsOfImage.set(image, [...(rowsOfImage.get(image) ?? []), row]);
  }
  const sign = kind === 'broken' ? 1 : -1;
  return [...rowsOfImage]
    .map(([rank, rows]) => {
      const group = groups.of[rank]!;
      return {
        kind,
        image: rank,
        imageId: manifest.images[rank]!.id,
        condition,
        objects: rows.map((row) => row - truth.offsets[rank]!),
        classes: rows.map((row) => manifest.dataset.classes[truth.classes[row]!]!),
        influence: map.baseline.influence[group]! - map.candidate.influence[group]!,
      };
    })
    .sort((a, b) => sign * (b.influence - a.influence) || a.image - b.image);
}
