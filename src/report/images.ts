import type { RunManifest } from '../baseline/manifest.ts';
import type { Run } from '../baseline/run.ts';
import type { Comparison, FailureExample } from '../compare/comparison.ts';
import type { SeveralComparison } from '../compare/several.ts';
import type { Sample } from '../dataset/dataset.ts';
import type { Progress } from '../evaluate/progress.ts';
import { decodeImage } from '../image/codec.ts';
import { changedImage } from '../perturb/change.ts';
import { perturbations } from '../perturb/registry.ts';
import { lossExamples } from './losses.ts';
import { drawFailures, type LoadPair } from './pictures.ts';
import type { FailurePicture, Report } from './report.ts';

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

/** Images for pictures of failures. */
export interface ImageSource {
  /** Of the data set on this machine. */
  readonly samples: readonly Pick<Sample, 'digest' | 'path'>[];
  /** Why there are none; null where there are, or where nobody wants them. */
  readonly reason: string | null;
  /** How many failures to show with pictures. */
  readonly most: number;
}

/** What a report shows of failures. */
export type ShownFailures = Pick<Report, 'losses' | 'pictures' | 'noPictures'>;

/** Examples that are told in words where there are no pictures. */
export const MOST_TOLD = 12;

/**
 * What a report of one or two runs shows of failures: what the candidate newly breaks and fixes, or, compared with
 * nothing, what it loses; with pictures where the images are at hand.
 *
 * @param baseline Null where there is none.
 * @param progress Told picture by picture.
 */
export async function showFailures(
  comparison: Comparison | null,
  baseline: Run | null,
  candidate: Run,
  images: ImageSource,
  progress?: Progress,
): Promise<ShownFailures> {
  const losses = comparison ? [] : await lossExamples(candidate, images.most || MOST_TOLD);
  const examples = comparison ? shownExamples(comparison, images.most) : losses;
  const runs = baseline ? [baseline, candidate] : [candidate];
  const load = imageLoader(images.samples, candidate.manifest);
  const pictures = images.most > 0 ? await drawFailures(examples, runs, load, progress) : [];
  return { losses, pictures, noPictures: whyNone(images, examples, pictures) };
}

/** Why there are no pictures of examples; null where there are. */
export function whyNone(
  { reason }: ImageSource,
  examples: readonly FailureExample[],
  pictures: readonly FailurePicture[],
): string | null {
  const missing = examples.length > 0 && pictures.length === 0;
  return reason ?? (missing ? 'the data set has none of these images as the run saw them' : null);
}
