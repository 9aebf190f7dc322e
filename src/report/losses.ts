import type { RunManifest } from '../baseline/manifest.ts';
import type { Run } from '../baseline/run.ts';
import type { FailureExample } from '../compare/comparison.ts';
import { findObjects, type FoundCondition, imageRisk, riskScore } from '../evaluate/risk.ts';
import { conditionWarps, forwarder } from '../evaluate/score-run.ts';
import { matchCondition } from '../evaluate/score.ts';

/** Images of a condition. */
const MOST_OF_A_CONDITION = 2;

type Changed = Extract<RunManifest['suite']['conditions'][number], { kind: 'perturbed' }>;

/**
 * What one model by itself loses: objects that it finds on the original and not on the changed image. Each family's
 * worst perturbation first, the highest risk score before others, then the other perturbations; each at the middle one
 * of its severities. Two images of each, those that lose most; no image twice.
 *
 * @param most How many.
 */
export async function lossExamples(run: Run, most: number): Promise<FailureExample[]> {
  const { manifest } = run;
  const find = async (index: number): Promise<FoundCondition> =>
    findObjects(
      matchCondition(
        await run.truth(index),
        await run.detections(index),
        manifest.dataset.classes.length,
      ),
      manifest.confidence.value,
    );
  const shown = new Set<number>();
  const chosen: FailureExample[] = [];
  const conditions = worstConditions(manifest);
  const clean = most > 0 && conditions.length > 0 ? await find(0) : null;
  for (const { condition, index } of conditions) {
    if (clean === null || chosen.length >= most) break;
    const lost = lossesOf(manifest, condition, clean, await find(index));
    for (const example of lost
      .filter(({ image }) => !shown.has(image))
      .slice(0, MOST_OF_A_CONDITION)) {
      shown.add(example.image);
      chosen.push(example);
    }
  }
  return chosen.slice(0, most);
}

function lossesOf(
  manifest: RunManifest,
  condition: Changed,
  clean: FoundCondition,
  changed: FoundCondition,
): FailureExample[] {
  const { truth } = clean;
  const { lostObjects } = imageRisk(clean, changed, forwarder(conditionWarps(manifest, condition)));
  const rowsOfImage = new Map<number, number[]>();
  let image = 0;
  for (const row of lostObjects) {
    while (row >= (truth.offsets[image + 1] ?? Infinity)) image += 1;
    rowsOfImage.set(image, [...(rowsOfImage.get(image) ?? []), row]);
  }
  return [...rowsOfImage]
    .map(([rank, rows]): FailureExample => ({
      kind: 'broken',
      image: rank,
      imageId: manifest.images[rank]?.id ?? '',
      condition: condition.id,
      objects: rows.map((row) => row - (truth.offsets[rank] ?? 0)),
      classes: rows.map((row) => manifest.dataset.classes[truth.classes[row] ?? -1] ?? ''),
      // There is no drop that it could be a part of.
      influence: 0,
    }))
    .sort((a, b) => b.objects.length - a.objects.length || a.image - b.image);
}

interface Placed {
  readonly condition: Changed;
  /** In the suite. */
  readonly index: number;
}

/** A condition of each perturbation, in the order in which they are shown. */
function worstConditions({ suite, metrics }: RunManifest): Placed[] {
  const of = new Map<string, (Placed & { risk: number })[]>();
  suite.conditions.forEach((condition, index) => {
    const counts = metrics[index]?.risk;
    if (condition.kind === 'clean' || !counts) return;
    const placed = { condition, index, risk: riskScore(counts) ?? 0 };
    of.set(condition.perturbation, [...(of.get(condition.perturbation) ?? []), placed]);
  });
  const sorted = [...of.values()]
    .map((placed) => ({
      middle: placed[Math.floor((placed.length - 1) / 2)]!,
      risk: placed.reduce((sum, { risk }) => sum + risk, 0) / placed.length,
    }))
    .sort((a, b) => b.risk - a.risk || a.middle.index - b.middle.index)
    .map(({ middle }) => middle);
  const leads = ({ condition }: Placed, at: number): boolean =>
    sorted.findIndex((other) => other.condition.family === condition.family) === at;
  return [...sorted.filter(leads), ...sorted.filter((placed, at) => !leads(placed, at))];
}
