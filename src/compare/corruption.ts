import { mean } from '../evaluate/average-precision.ts';
import type { Condition } from '../perturb/condition.ts';
import type { Pair } from './condition-columns.ts';
import { suiteNodes, weigh } from './nodes.ts';

/** A baseline that loses less than this many points, on the mean of the severities, is no divisor. */
const LEAST_DEGRADATION = 1;

/** mPC and rPC of one model. */
interface CorruptionMean {
  /** Mean over perturbations of the mean over their severities of mAP@[.50:.95] x 100. */
  readonly mpc: number;
  /** mPC in percent of the clean mAP; null where that is 0. */
  readonly rpc: number | null;
}

/** Corruption errors of the candidate, in percent of the baseline's; the error is 100 - mAP x 100. */
interface CorruptionError {
  readonly perturbation: string;
  /** Null where the baseline makes no error. */
  readonly ce: number | null;
  /** Of what is lost against clean images; null where the baseline loses next to nothing. */
  readonly relativeCe: number | null;
}

/** The benchmark's summaries, over the perturbations of this suite. */
export interface CorruptionSummary extends Pair<CorruptionMean> {
  /** Mean of the corruption errors: over 100 the candidate errs more than the baseline. */
  readonly mce: number | null;
  /** The same of what is lost against clean images, over the perturbations where it is defined. */
  readonly relativeMce: number | null;
  readonly errors: readonly CorruptionError[];
  /** Frost is in the suite with our own texture: the published benchmark's figures are others. */
  readonly ownFrost: boolean;
}

/**
 * mPC and rPC of one model; null without perturbations or where mAP is not defined.
 *
 * @param maps mAP x 100 of every condition.
 * @see Michaelis et al. 2019, arXiv 1907.07484.
 */
export function corruptionMean(
  conditions: readonly Condition[],
  maps: readonly (number | null)[],
): CorruptionMean | null {
  const known = maps.map((value) => value ?? Number.NaN);
  const clean = known[conditions.findIndex(({ kind }) => kind === 'clean')] ?? Number.NaN;
  const means = perturbationMeans(conditions, known).map(({ value }) => value);
  const mpc = mean(means);
  if (Number.isNaN(mpc) || Number.isNaN(clean)) return null;
  return { mpc, rpc: clean > 0 ? (100 * mpc) / clean : null };
}

/**
 * mPC and rPC of both models, and the candidate's corruption errors with the baseline as reference. Ratios of
 * noisy sums: for information, never judged.
 *
 * @param maps mAP x 100 of every condition.
 * @see Hendrycks & Dietterich 2019, arXiv 1903.12261: CE = sum of errors over severities / the reference's.
 */
export function summarizeCorruption(
  conditions: readonly Condition[],
  maps: Pair<readonly (number | null)[]>,
): CorruptionSummary | null {
  const baseline = corruptionMean(conditions, maps.baseline);
  const candidate = corruptionMean(conditions, maps.candidate);
  if (!baseline || !candidate) return null;
  const side = (values: readonly (number | null)[]): { name: string; value: number }[] =>
    perturbationMeans(
      conditions,
      values.map((value) => value ?? 0),
    );
  const clean = conditions.findIndex(({ kind }) => kind === 'clean');
  const [cleanBefore, cleanNow] = [maps.baseline[clean] ?? 0, maps.candidate[clean] ?? 0];
  const now = side(maps.candidate);
  const errors = side(maps.baseline).map(({ name, value: before }, i): CorruptionError => {
    const after = now[i]!.value;
    const degradation = cleanBefore - before;
    return {
      perturbation: name,
      ce: before < 100 ? (100 * (100 - after)) / (100 - before) : null,
      relativeCe:
        degradation >= LEAST_DEGRADATION ? (100 * (cleanNow - after)) / degradation : null,
    };
  });
  return {
    baseline,
    candidate,
    mce: errors.some(({ ce }) => ce === null) ? null : meanOfKnown(errors.map(({ ce }) => ce)),
    relativeMce: meanOfKnown(errors.map(({ relativeCe }) => relativeCe)),
    errors,
    ownFrost: errors.some(({ perturbation }) => perturbation === 'frost'),
  };
}

/** Every perturbation with the mean over its severities. */
function perturbationMeans(
  conditions: readonly Condition[],
  values: readonly number[],
): { name: string; value: number }[] {
  return suiteNodes(conditions)
    .filter(({ level }) => level === 'perturbation')
    .map(({ name, weights }) => ({ name, value: weigh(weights, values) }));
}

function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? mean(known) : null;
}
