import type { Condition } from '../perturb/condition.ts';
import type { ManifestHead } from './head.ts';

/** Where something lies in each run. */
export interface Place {
  readonly baseline: number;
  readonly candidate: number;
}

/** Numbers of images: in both runs with equal labels, in each run, and what is not in common. */
interface ImageCounts {
  readonly common: number;
  readonly baseline: number;
  readonly candidate: number;
  /** Of the baseline, not in the candidate's run. */
  readonly removed: number;
  readonly added: number;
  /** In both, with other labels: not in common. */
  readonly relabelled: number;
}

/** Conditions by id, and how many there are in common and in each run. */
interface ConditionCounts {
  readonly common: number;
  readonly baseline: number;
  readonly candidate: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** In both, with other params: not in common. */
  readonly changed: readonly string[];
}

/** How two runs differ in what they were made on. */
export interface LeftOut {
  readonly images: ImageCounts;
  readonly conditions: ConditionCounts;
  /** Independent groups of the common images in each run and in the comparison; null where they are the same. */
  readonly groups: {
    readonly common: number;
    readonly baseline: number;
    readonly candidate: number;
  } | null;
}

/** What two runs have in common: a comparison is of this part alone. */
export interface CommonPart {
  /** Images of equal bytes and equal labels, in the candidate's order. */
  readonly images: readonly Place[];
  /** Group of each of them, by number. */
  readonly groups: readonly number[];
  /** Conditions of equal id, version and params, in the candidate's order. */
  readonly conditions: readonly Place[];
  /** Null where the runs have all in common. */
  readonly leftOut: LeftOut | null;
}

/** The images and conditions that both runs have. Works from the manifests alone. */
export function commonPart(baseline: ManifestHead, candidate: ManifestHead): CommonPart {
  const rankOf = new Map(baseline.images.map(({ digest }, rank) => [digest, rank]));
  const both = candidate.images.flatMap(({ digest }, rank): Place[] => {
    const before = rankOf.get(digest);
    return before === undefined ? [] : [{ baseline: before, candidate: rank }];
  });
  const images = both.filter(
    (at) => baseline.images[at.baseline]!.labels === candidate.images[at.candidate]!.labels,
  );
  const grouping = joinGroups(
    images.map((at) => baseline.images[at.baseline]!.group),
    images.map((at) => candidate.images[at.candidate]!.group),
  );
  const { conditions, counts } = commonConditions(
    baseline.suite.conditions,
    candidate.suite.conditions,
  );
  const imageCounts = {
    common: images.length,
    baseline: baseline.images.length,
    candidate: candidate.images.length,
    removed: baseline.images.length - both.length,
    added: candidate.images.length - both.length,
    relabelled: both.length - images.length,
  };
  const leftOut = { images: imageCounts, conditions: counts, groups: grouping.differ };
  return {
    images,
    groups: grouping.of,
    conditions,
    leftOut: isWhole(leftOut) ? null : leftOut,
  };
}

/** Everything is in common. */
function isWhole({ images, conditions, groups }: LeftOut): boolean {
  const whole = ({ common, baseline, candidate }: ImageCounts | ConditionCounts): boolean =>
    common === baseline && common === candidate;
  return whole(images) && whole(conditions) && groups === null;
}

function commonConditions(
  baseline: readonly Condition[],
  candidate: readonly Condition[],
): { conditions: Place[]; counts: ConditionCounts } {
  const indexOf = new Map(baseline.map(({ id }, index) => [id, index]));
  const now = new Set(candidate.map(({ id }) => id));
  const both = candidate.flatMap(({ id }, index): Place[] => {
    const before = indexOf.get(id);
    return before === undefined ? [] : [{ baseline: before, candidate: index }];
  });
  const same = (at: Place): boolean =>
    JSON.stringify(baseline[at.baseline]) === JSON.stringify(candidate[at.candidate]);
  const conditions = both.filter(same);
  const idsOf = (list: readonly Condition[]): string[] => list.map(({ id }) => id);
  return {
    conditions,
    counts: {
      common: conditions.length,
      baseline: baseline.length,
      candidate: candidate.length,
      removed: idsOf(baseline.filter(({ id }) => !now.has(id))),
      added: idsOf(candidate.filter(({ id }) => !indexOf.has(id))),
      changed: idsOf(both.filter((at) => !same(at)).map((at) => candidate[at.candidate]!)),
    },
  };
}

/**
 * Groups in which images are together that either run takes for dependent: fewer groups make a comparison
 * less sure, never surer, so that a pull request gains nothing by splitting them.
 */
function joinGroups(
  baseline: readonly string[],
  candidate: readonly string[],
): { of: number[]; differ: LeftOut['groups'] } {
  const parent = baseline.map((_, image) => image);
  const rootOf = (image: number): number => {
    let root = image;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  for (const names of [baseline, candidate]) {
    const first = new Map<string, number>();
    names.forEach((name, image) => {
      const other = first.get(name);
      if (other === undefined) first.set(name, image);
      else parent[rootOf(image)] = rootOf(other);
    });
  }
  const numbers = new Map<number, number>();
  const of = parent.map((_, image) => {
    const root = rootOf(image);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
  const counts = {
    common: numbers.size,
    baseline: new Set(baseline).size,
    candidate: new Set(candidate).size,
  };
  // Joining can only lose groups: where it loses none of either, both are the same.
  const equal = counts.common === counts.baseline && counts.common === counts.candidate;
  return { of, differ: equal ? null : counts };
}
