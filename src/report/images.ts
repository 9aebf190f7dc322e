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

/** An example of several runs, with what it is to each that breaks or fixes something in it. */
export interface SeveralExample extends FailureExample {
  readonly changes: readonly {
    /** Index of the run. */
    readonly run: number;
    readonly kind: FailureExample['kind'];
    readonly classes: readonly string[];
  }[];
}

/** As `shownExamples`, of several runs: each one's worst against the first, an image under a condition once. */
export function severalExamples(
  { againstFirst }: Pick<SeveralComparison, 'againstFirst'>,
  most: number,
): SeveralExample[] {
  const each = Math.ceil(most / Math.max(1, againstFirst.length));
  const found = new Map<string, SeveralExample>();
  againstFirst.forEach((comparison, index) => {
    for (const example of shownExamples(comparison, each)) {
      const { image, condition, kind, classes } = example;
      const key = `${image} ${condition}`;
      const known = found.get(key)?.changes ?? [];
      const changes = [...known, { run: index + 1, kind, classes }];
      found.set(key, { ...(found.get(key) ?? example), changes });
    }
  });
  return [...found.values()];
}
