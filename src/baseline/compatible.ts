import type { ManifestHead } from './head.ts';

export type Compatibility =
  | { readonly kind: 'comparable' }
  /** Of something else: counts as no baseline. */
  | { readonly kind: 'different'; readonly differences: readonly string[] }
  /** A comparison would mislead. */
  | { readonly kind: 'refused'; readonly differences: readonly string[] };

/**
 * Whether a candidate can be held against a baseline: same classes, floor and seed, else it is refused; same
 * images, labels, conditions and perturbation versions, else the baseline is of something else.
 */
export function compareManifests(baseline: ManifestHead, candidate: ManifestHead): Compatibility {
  const refused = [
    ...differ(
      'the data set’s classes',
      baseline.dataset.classes.join(', '),
      candidate.dataset.classes.join(', '),
    ),
    ...differ('the confidence floor', baseline.predictor.floor, candidate.predictor.floor),
    ...differ(
      'the most detections an image',
      baseline.predictor.maxDetections,
      candidate.predictor.maxDetections,
    ),
    ...differ('the seed', baseline.suite.seed, candidate.suite.seed),
  ];
  if (refused.length > 0) return { kind: 'refused', differences: refused };
  const differences = [
    ...differ(
      'the images (imagesDigest)',
      baseline.dataset.imagesDigest,
      candidate.dataset.imagesDigest,
    ),
    ...differ(
      'the labels (labelsDigest)',
      baseline.dataset.labelsDigest,
      candidate.dataset.labelsDigest,
    ),
    ...(groupsOf(baseline) === groupsOf(candidate) ? [] : ['the groups of images differ']),
    ...suiteDifferences(baseline, candidate),
  ];
  return differences.length > 0 ? { kind: 'different', differences } : { kind: 'comparable' };
}

function groupsOf({ images }: ManifestHead): string {
  return JSON.stringify(images.map(({ group }) => group));
}

function suiteDifferences(baseline: ManifestHead, candidate: ManifestHead): string[] {
  const before = new Map(baseline.suite.conditions.map((condition) => [condition.id, condition]));
  const now = new Map(candidate.suite.conditions.map((condition) => [condition.id, condition]));
  const lacking = [...now.keys()].filter((id) => !before.has(id));
  const gone = [...before.keys()].filter((id) => !now.has(id));
  const changed = [...now].filter(
    ([id, condition]) =>
      before.has(id) && JSON.stringify(before.get(id)) !== JSON.stringify(condition),
  );
  return [
    ...(lacking.length > 0 ? [`the baseline lacks the conditions ${lacking.join(', ')}`] : []),
    ...(gone.length > 0 ? [`the candidate lacks the conditions ${gone.join(', ')}`] : []),
    ...(lacking.length + gone.length === 0 && [...before.keys()].join() !== [...now.keys()].join()
      ? ['the conditions come in another order']
      : []),
    ...(changed.length > 0
      ? [`params or version differ for ${changed.map(([id]) => id).join(', ')}`]
      : []),
  ];
}

function differ(what: string, before: string | number, now: string | number): string[] {
  return before === now ? [] : [`${what}: baseline ${shorten(before)}, candidate ${shorten(now)}`];
}

function shorten(value: string | number): string {
  const text = String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
