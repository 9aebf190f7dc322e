import type { RiskComparison } from '../compare/comparison.ts';
import type { CorruptionSummary } from '../compare/corruption.ts';
import type { SizeComparison } from '../compare/information.ts';
import { count, plusMinus, points, signed } from './format.ts';

/** Half of a 95 % interval of one number, in standard errors. */
const HALF_WIDTH = 1.96;

/** What each part of the further numbers is, in a sentence or two. */
export const informationLeads = {
  all: 'Baseline → candidate. These numbers explain; none of them is judged. ± is 1.96 standard errors of the change, each row by itself: among many rows one in twenty lies outside by chance.',
  sizes:
    'Objects by size as COCO has them: small up to 32 × 32 pixels of the image, medium, large from 96 × 96. AP@[.50:.95] × 100, on clean images and as the mean over families.',
  foundByBoth:
    'A model that finds only the easy objects has less to lose. “Both found” is the same score on the objects that both models found on the original images, where that is no advantage.',
  consistency:
    'How much each model’s own detections change under the perturbations, right or wrong: 100 × (lost + spurious) / (found on the original + spurious). No label is used, so it is not comparable with the risk score.',
  corruption:
    'Over the perturbations and severities of this suite, from mAP@[.50:.95] over all classes. Ratios of uncertain numbers, without ±.',
} as const;

/** `3.1 ± 0.8`: a drop with the usual 95 % interval of one number, not adjusted; without ± where none is known. */
export function dropRange(drop: number | null, standardError: number | null): string {
  return drop === null || standardError === null
    ? points(drop)
    : plusMinus(drop, HALF_WIDTH * standardError);
}

/** `41.2 → 46.9`. */
export function riskPair({ baseline, candidate }: RiskComparison): string {
  return `${points(baseline.value)} → ${points(candidate.value)}`;
}

/** `+5.7 ± 1.1`: the rise with the usual 95 % interval of one number, not adjusted. */
export function riskRise({ rise, standardError }: RiskComparison): string {
  return `${signed(rise)} ± ${points(HALF_WIDTH * standardError)}`;
}

/** A row for overall and every family. */
export function mainRisks(risks: readonly RiskComparison[]): RiskComparison[] {
  return risks.filter(({ level }) => level !== 'perturbation');
}

/** The sizes that the data set has. */
export function shownSizes(sizes: readonly SizeComparison[]): SizeComparison[] {
  return sizes.filter(({ objects }) => objects > 0);
}

/** One of the benchmark's figures. */
interface CorruptionFigure {
  readonly name: string;
  readonly value: string;
  readonly means: string;
}

/** mPC, rPC, mCE and relative mCE, each with what it means. */
export function corruptionFigures(summary: CorruptionSummary): CorruptionFigure[] {
  const { baseline, candidate, mce, errors } = summary;
  const percent = (value: number | null): string =>
    value === null ? 'not defined' : `${points(value)} %`;
  return [
    {
      name: 'mPC',
      value: `${points(baseline.mpc)} → ${points(candidate.mpc)}`,
      means: `mean mAP × 100 over ${count(errors.length, 'perturbation')}, each the mean over its severities`,
    },
    {
      name: 'rPC',
      value: `${percent(baseline.rpc)} → ${percent(candidate.rpc)}`,
      means:
        'mPC in percent of the model’s own clean mAP: it also rises when the clean mAP falls, which is no gain',
    },
    {
      name: 'mCE',
      value: percent(mce),
      means:
        'the candidate’s error (100 − mAP) in percent of the baseline’s, mean over perturbations: over 100 % is worse',
    },
    { name: 'relative mCE', ...relativeFigure(summary, percent) },
  ];
}

function relativeFigure(
  { relativeMce, errors }: CorruptionSummary,
  percent: (value: number | null) => string,
): Omit<CorruptionFigure, 'name'> {
  const defined = errors.filter(({ relativeCe }) => relativeCe !== null).length;
  const means =
    'what the candidate loses against its own clean images in percent of what the baseline loses';
  const over =
    defined === errors.length
      ? ''
      : defined === 0
        ? ': the baseline loses less than 1 point under every perturbation'
        : `; over the ${defined} of ${errors.length} perturbations under which the baseline loses 1 point or more`;
  return { value: percent(relativeMce), means: means + over };
}

/** What must be said beside the figures of a suite with our own frost; null for others. */
export function frostNote({ ownFrost }: CorruptionSummary): string | null {
  return ownFrost
    ? 'Frost has our own texture here, so these are not the published benchmark’s figures.'
    : null;
}
