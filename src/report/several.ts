import type { RunManifest } from '../baseline/manifest.ts';
import type { SeveralComparison, StandingRow } from '../compare/several.ts';
import { metrics } from '../compare/metric.ts';
import { halfWidth } from '../compare/points.ts';
import { LEAST_GROUPS } from '../compare/policy.ts';
import { nodeTitle } from '../judge/titles.ts';
import type { Verdict } from '../judge/verdict.ts';
import { count, listed, plusMinus } from './format.ts';
import type { SeveralExample } from './images.ts';
import type { FailurePicture } from './report.ts';
import { otherMetric } from './words.ts';

/** A run among several. Names are untrusted. */
interface NamedRun {
  /** The directory, as the user wrote it. */
  readonly name: string;
  readonly manifest: RunManifest;
  /** Against the first run; null for the first. */
  readonly verdict: Verdict | null;
}

/** Several runs side by side. */
export interface SeveralReport {
  readonly runs: readonly NamedRun[];
  readonly comparison: SeveralComparison;
  /** With what every run makes of each, in the order of the runs. */
  readonly pictures: readonly FailurePicture<SeveralExample>[];
  /** As in a report of two. */
  readonly noPictures: string | null;
}

/** What the runs are called, without the folders that all of them lie in. */
export function shownNames({ runs }: Pick<SeveralReport, 'runs'>): string[] {
  const paths = runs.map(({ name }) => name.split('/'));
  const least = Math.min(...paths.map((parts) => parts.length)) - 1;
  const differs = (at: number): boolean => paths.some((parts) => parts[at] !== paths[0]?.[at]);
  const from = Array.from({ length: Math.max(0, least) }, (_, at) => at).find(differs) ?? least;
  return paths.map((parts) => parts.slice(from).join('/'));
}

/** Why nothing can be sure; null where it can. */
export function tooFewGroups({ comparison }: SeveralReport): string | null {
  const groups = comparison.againstFirst[0]?.groups ?? 0;
  return groups < LEAST_GROUPS
    ? `Nothing is sure here, whatever its ±: ${count(groups, 'independent group')} of images, and at least ${LEAST_GROUPS} are needed.`
    : null;
}

export const placeMarks = { best: '★', close: '≈', behind: '' } as const;

/** What the marks mean. */
export const placeLegend =
  '★ best, ≈ not surely behind the best, no mark: surely behind it (all rows and pairs of runs at once)';

/** What the numbers of the table are: the gated metric. */
export function severalScale({ comparison }: SeveralReport): string {
  return metrics[comparison.againstFirst[0]?.metric ?? 'map'].scale;
}

/** What a row is called. */
export function rowTitle(row: StandingRow, { comparison }: SeveralReport): string {
  const title = row.level === 'overall' ? 'overall' : nodeTitle(row);
  return title + rowMetric(row, comparison);
}

/** ` (mAP)` behind the title of a row whose metric is not the table's. */
export function rowMetric(row: StandingRow, { againstFirst }: SeveralComparison): string {
  return otherMetric(row, againstFirst[0]?.metric ?? 'map');
}

/** How sure the best of a row is: `surely ahead of all others`, or whom it cannot be told from. */
export function howSureText({ runs }: StandingRow, names: readonly string[]): string {
  const close = runs.flatMap(({ place, behind }, i) =>
    place === 'close' && behind
      ? [`${names[i]} (behind by ${plusMinus(behind.drop, halfWidth(behind))})`]
      : [],
  );
  return close.length === 0 ? 'surely ahead of all others' : `not surely ahead of ${listed(close)}`;
}

/** Who leads over all perturbations, in a sentence. */
export function severalSentence({ runs, comparison }: SeveralReport): string {
  const names = shownNames({ runs });
  const row =
    comparison.rows.find(({ level }) => level === 'overall') ??
    comparison.rows.find(({ level }) => level === 'clean');
  if (!row) return 'There is nothing to compare.';
  const best = row.runs.findIndex(({ place }) => place === 'best');
  const where = row.level === 'overall' ? 'over all perturbations' : 'on clean images';
  return `Best ${where}: ${names[best]}, ${howSureText(row, names)}.`;
}
