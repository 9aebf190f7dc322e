import type { RunManifest } from '../baseline/manifest.ts';
import type { Comparison, FailureExample } from '../compare/comparison.ts';
import type { SeveralComparison } from '../compare/several.ts';
import type { Sample } from '../dataset/dataset.ts';
import { decodeImage } from '../image/codec.ts';
import { changedImage } from '../perturb/change.ts';
import { perturbations } from '../perturb/registry.ts';
import type { LoadPair } from './pictures.ts';

/**
 * Loads images as a run saw them: by their content, wherever they lie. Null where the file is gone or changed, or
 * where this tool has another version of the perturbation and would draw other pixels.
 *
 * @param samples  Of the data set on this machine.
 * @param manifest Of the run.
 */
export function imageLoader(
  samples: readonly Pick<Sample, 'digest' | 'path'>[],
  manifest: RunManifest,
): LoadPair {
  const byDigest = new Map(samples.map((sample) => [sample.digest, sample]));
  const { conditions, seed } = manifest.suite;
  return async (rank, id) => {
    const sample = byDigest.get(manifest.images[rank]?.digest ?? '');
    const condition = conditions.find((entry) => entry.id === id);
    if (!sample || condition?.kind !== 'perturbed') return null;
    const known = perturbations.find(({ name }) => name === condition.perturbation);
    if (known?.version !== condition.version) return null;
    const original = await decodeImage(sample.path);
    return { original, changed: await changedImage(original, sample.digest, condition, seed) };
  };
}

/**
 * The examples that are shown with pictures: what the candidate breaks, then a quarter as many that it fixes.
 *
 * @param most Of those that it breaks.
 */
export function shownExamples(
  comparison: Pick<Comparison, 'failures' | 'fixes'> | null,
  most: number,
): FailureExample[] {
  if (!comparison) return [];
  return [...comparison.failures.slice(0, most), ...comparison.fixes.slice(0, Math.ceil(most / 4))];
}

/** As `shownExamples`, of several runs: each one's worst against the first, condition by condition. */
export function severalExamples(
  { againstFirst }: Pick<SeveralComparison, 'againstFirst'>,
  most: number,
): FailureExample[] {
  const each = Math.ceil(most / Math.max(1, againstFirst.length));
  const all = againstFirst.flatMap((comparison) => shownExamples(comparison, each));
  const seen = new Set<string>();
  return all.filter(({ image, condition }) => {
    const key = `${image} ${condition}`;
    return !seen.has(key) && seen.add(key);
  });
}
