import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { mean } from '../evaluate/average-precision.ts';
import { sumReplicates } from './replicates.ts';

/** Under it a standard error is rounding: the two models do not differ there. */
export const NO_ERROR = 1e-10;

interface Tested {
  readonly drop: number;
  readonly standardError: number;
  readonly maxDrop: number;
}

/** One node of the joint test. */
export interface TestColumn extends Tested {
  /** Influence of each group on the drop. */
  readonly influence: Float64Array;
}

export interface JointTest {
  /** t-scaled critical values at 1 - alpha: one-sided, and two-sided for the intervals. */
  readonly critical: number;
  readonly criticalTwoSided: number;
  /** Step-down adjusted p of "the drop is at most maxDrop", one for each column. */
  readonly adjustedP: readonly number[];
}

/**
 * Standard error of a quantity from its influence values: the delete-one-group jackknife's.
 *
 * @param influence One value for each group.
 */
export function standardErrorOf(influence: Float64Array): number {
  const squares = influence.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt((degreesOf(influence.length) / influence.length) * squares);
}

/**
 * Standard error of a quantity from its values in multinomial replicates over groups, whose spread is that of a mean
 * with divisor G, not G - 1.
 *
 * @param redrawn One value for each replicate.
 */
export function standardErrorOfDraws(redrawn: Float64Array, groups: number): number {
  const centre = mean(redrawn);
  const squares = redrawn.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt((groups / degreesOf(groups)) * (squares / (redrawn.length - 1)));
}

/** Degrees of freedom of so many groups; of a single one as if they were two, so that all stays finite. */
export function degreesOf(groups: number): number {
  return Math.max(groups - 1, 1);
}

/** Quantile of Student's t. */
export function studentQuantile(probability: number, degrees: number): number {
  return tQuantile(probability, degrees);
}

/**
 * Tests all columns jointly: the null distribution of their largest studentised statistic by a multinomial
 * bootstrap over groups, with Westfall and Young's step-down.
 *
 * @param columns    With a standard error over `NO_ERROR`.
 * @param groups     Number of groups.
 * @param replicates Bootstrap replicates.
 * @param seed       Keys the draws: same seed, same result.
 * @see Romano & Wolf 2005; STATISTICS.md 3.
 */
export function jointTest(
  columns: readonly TestColumn[],
  groups: number,
  replicates: number,
  seed: number,
  alpha: number,
): JointTest {
  const scaled = columns.map(({ influence, standardError }) => scale(influence, standardError));
  return stepDown(columns, groups, alpha, sumReplicates(scaled, groups, replicates, seed));
}

/**
 * The same from drops that were counted anew in each replicate.
 *
 * @param columns Each with its drop in every replicate.
 * @param groups  Number of groups.
 */
export function jointTestOfDraws(
  columns: readonly (Tested & { readonly redrawn: Float64Array })[],
  groups: number,
  alpha: number,
): JointTest {
  const scaled = columns.map(({ redrawn, standardError }) => scale(redrawn, standardError));
  return stepDown(columns, groups, alpha, scaled);
}

/**
 * Westfall and Young's step-down.
 *
 * @param values Of each column its centred statistic in every replicate.
 */
function stepDown(
  columns: readonly Tested[],
  groups: number,
  alpha: number,
  values: readonly Float64Array[],
): JointTest {
  const degrees = degreesOf(groups);
  if (columns.length === 0) {
    const critical = tQuantile(1 - alpha, degrees);
    return { critical, criticalTwoSided: tQuantile(1 - alpha / 2, degrees), adjustedP: [] };
  }
  // On the normal scale, where the bootstrap's statistics are.
  const statistics = columns.map(({ drop, maxDrop, standardError }) =>
    normalScale((drop - maxDrop) / standardError, degrees),
  );
  const order = [...statistics.keys()].sort((a, b) => statistics[a]! - statistics[b]!);
  const replicates = values[0]!.length;
  const largest = new Float64Array(replicates);
  const largestAbsolute = new Float64Array(replicates);
  const exceeded = new Float64Array(columns.length);
  for (let replicate = 0; replicate < replicates; replicate++) {
    let running = -Infinity;
    let absolute = 0;
    // From the least significant up: the maximum over all that are not rejected before this one.
    for (const column of order) {
      const value = values[column]![replicate]!;
      running = Math.max(running, value);
      absolute = Math.max(absolute, Math.abs(value));
      if (running >= statistics[column]!) exceeded[column]! += 1;
    }
    largest[replicate] = running;
    largestAbsolute[replicate] = absolute;
  }
  return {
    critical: studentScale(upperQuantile(largest, alpha), degrees),
    criticalTwoSided: studentScale(upperQuantile(largestAbsolute, alpha), degrees),
    adjustedP: monotone(exceeded, order, replicates),
  };
}

/** Values by standard error, centred: influence values are already, redrawn ones are not. */
function scale(values: Float64Array, standardError: number): Float64Array {
  const centre = mean(values);
  return values.map((value) => (value - centre) / standardError);
}

function upperQuantile(values: Float64Array, alpha: number): number {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.ceil((1 - alpha) * (sorted.length + 1));
  return sorted[Math.min(rank, sorted.length) - 1]!;
}

function monotone(
  exceeded: Float64Array,
  order: readonly number[],
  replicates: number,
): readonly number[] {
  const adjusted = Array.from(exceeded, (count) => (1 + count) / (replicates + 1));
  let least = 0;
  for (const column of [...order].reverse()) {
    least = Math.max(least, adjusted[column]!);
    adjusted[column] = least;
  }
  return adjusted;
}

/** The value of a normal variable that is as extreme as `t` is for Student's t. */
function normalScale(t: number, degrees: number): number {
  // By the lower tail on both sides: the upper one loses its digits near 1.
  return t > 0 ? -normalQuantile(tCdf(-t, degrees), 0, 1) : normalQuantile(tCdf(t, degrees), 0, 1);
}

function studentScale(z: number, degrees: number): number {
  return -tQuantile(normalCdf(-z, 0, 1), degrees);
}
