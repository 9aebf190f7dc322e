import type { Problem } from '../errors.ts';
import { type CommonPart, commonPart } from './common.ts';
import type { ManifestHead } from './head.ts';
import { leftOutSentences, percent } from './left-out.ts';

/** With a smaller share of images or conditions in common, runs are of something else. */
const LEAST_SHARE = 0.8;

const MAX_NAMES = 6;

export type Compatibility =
  | { readonly kind: 'comparable' }
  /** Of something else: counts as no baseline. One sentence for each reason. */
  | { readonly kind: 'different'; readonly differences: readonly string[] }
  /** A comparison would mislead. Each difference has the values of both sides and what to do. */
  | { readonly kind: 'refused'; readonly differences: readonly Problem[] };

/**
 * Whether a candidate can be held against a baseline. Other classes, floor, limit or seed are refused. Another
 * version of a metric or a perturbation, or under 80 % of the images or conditions in common (of the run that
 * has more), and the baseline is of something else. Otherwise what both have is compared.
 */
export function compareManifests(baseline: ManifestHead, candidate: ManifestHead): Compatibility {
  const refused = refusals(baseline, candidate);
  if (refused.length > 0) return { kind: 'refused', differences: refused };
  const differences = [
    ...versionDifferences(baseline, candidate),
    ...tooLittle(commonPart(baseline, candidate)),
  ];
  return differences.length > 0 ? { kind: 'different', differences } : { kind: 'comparable' };
}

function refusals(baseline: ManifestHead, candidate: ManifestHead): Problem[] {
  const remake = 'evaluate both models with the same version of robustness-gate';
  return [
    ...classDifference(baseline.dataset.classes, candidate.dataset.classes),
    ...differ(
      'the confidence floor',
      baseline.predictor.floor,
      candidate.predictor.floor,
      `a higher floor changes AP: ${remake}`,
    ),
    ...differ(
      'the most detections an image',
      baseline.predictor.maxDetections,
      candidate.predictor.maxDetections,
      remake,
    ),
    ...differ(
      'the seed',
      baseline.suite.seed,
      candidate.suite.seed,
      `set suite.seed to ${baseline.suite.seed} in the candidate’s config, or make a new baseline with ${candidate.suite.seed}`,
    ),
  ];
}

function classDifference(before: readonly string[], now: readonly string[]): Problem[] {
  if (JSON.stringify(before) === JSON.stringify(now)) return [];
  const gone = before.filter((name) => !now.includes(name));
  const added = now.filter((name) => !before.includes(name));
  const details = [
    ...(gone.length > 0 ? [`only in the baseline: ${quoted(gone)}`] : []),
    ...(added.length > 0 ? [`only in the candidate: ${quoted(added)}`] : []),
    ...(gone.length + added.length === 0
      ? [`in another order or number: baseline ${quoted(before)}; candidate ${quoted(now)}`]
      : []),
  ];
  return [
    {
      message: `the data set’s classes differ: baseline ${before.length}, candidate ${now.length}; ${details.join('; ')}`,
      fix: 'give both the same class list in the same order, or make a new baseline with the new list: the gate on main does so after the merge',
    },
  ];
}

function quoted(names: readonly string[]): string {
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
  return names.slice(0, MAX_NAMES).map(shorten).join(', ') + more;
}

function shorten(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 39)}…` : name);
}

function differ(what: string, before: number, now: number, fix: string): Problem[] {
  return before === now
    ? []
    : [{ message: `${what} differs: baseline ${before}, candidate ${now}`, fix }];
}

function versionDifferences(baseline: ManifestHead, candidate: ManifestHead): string[] {
  const versions = new Map(
    baseline.suite.conditions.flatMap((condition) =>
      condition.kind === 'clean' ? [] : [[condition.perturbation, condition.version]],
    ),
  );
  const changed = new Map<string, string>();
  for (const condition of candidate.suite.conditions) {
    if (condition.kind === 'clean') continue;
    const { perturbation, version } = condition;
    const before = versions.get(perturbation);
    if (before !== undefined && before !== version) {
      changed.set(perturbation, `${perturbation} (baseline ${before}, candidate ${version})`);
    }
  }
  const [before, now] = [baseline.metricVersion, candidate.metricVersion];
  return [
    ...(before === now
      ? []
      : [`The version of the metrics differs: baseline ${before}, candidate ${now}.`]),
    ...(changed.size > 0
      ? [`Perturbations are of another version: ${[...changed.values()].join(', ')}.`]
      : []),
  ];
}

function tooLittle({ images, conditions, leftOut }: CommonPart): string[] {
  if (leftOut === null) return [];
  const scarce = [
    { what: 'images', ...leftOut.images },
    { what: 'conditions', ...leftOut.conditions },
  ].flatMap(({ what, common, baseline, candidate }) => {
    const larger = Math.max(baseline, candidate);
    return common >= LEAST_SHARE * larger
      ? []
      : [
          `Too little in common: ${common} of ${larger} ${what} (${percent(common, larger)}), at least ${100 * LEAST_SHARE} % are needed (baseline ${baseline}, this run ${candidate}).`,
        ];
  });
  const reasons = [
    ...scarce,
    ...(images.length === 0 ? ['The two runs have no image in common.'] : []),
    ...(conditions[0]?.baseline === 0 && conditions[0].candidate === 0
      ? []
      : ['The two runs do not have the clean condition in common.']),
  ];
  return reasons.length > 0 ? [...reasons, ...leftOutSentences(leftOut)] : [];
}
