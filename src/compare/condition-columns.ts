import type { RunManifest } from '../baseline/manifest.ts';
import { averagePrecisions, mean } from '../evaluate/average-precision.ts';
import { classInfluence } from '../evaluate/influence.ts';
import { IOU_THRESHOLDS } from '../evaluate/match.ts';
import { type FoundCondition, imageRisk, type ImageRisk } from '../evaluate/risk.ts';
import { classMatches, type MatchedCondition } from '../evaluate/score.ts';
import type { Metric } from './metric.ts';
import type { Redrawn } from './recount.ts';

/** Images in groups: those of one group are dependent. */
export interface Groups {
  readonly count: number;
  /** Group of each image. */
  readonly of: Int32Array;
}

/** The groups of a run's images, numbered as they come. */
export function groupsOf({ images }: RunManifest): Groups {
  const numbers = new Map<string, number>();
  const of = Int32Array.from(images, ({ group }) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
  return { count: numbers.size, of };
}

/** What the comparison needs of one model under one condition. */
export interface ConditionColumns {
  /** mAP over the gated classes, x 100. */
  readonly map: number;
  /** Influence of each group on it. */
  readonly influence: Float64Array;
  /** AP of each class, x 100; null without ground truth. */
  readonly classes: readonly (number | null)[];
}

interface MapOptions {
  /** Indexes of the IoU thresholds: all of COCO's, or the first for AP50. */
  readonly thresholds?: readonly number[] | undefined;
  /** True positives that are visited to leave groups out exactly. */
  readonly visits?: number;
  /** Is given every gated class with the influence of each group on its AP x 100. */
  readonly each?: (wanted: number, influence: Float64Array) => void;
}

/**
 * mAP and its influence values.
 *
 * @param gated Whether a class counts in the gated mAP.
 * @param options How it is counted; as the verdict's mAP without.
 */
export function mapColumns(
  condition: MatchedCondition,
  gated: readonly boolean[],
  groups: Groups,
  { thresholds = [...IOU_THRESHOLDS.keys()], visits, each }: MapOptions = {},
): ConditionColumns {
  const influence = new Float64Array(groups.count);
  const precisions: number[] = [];
  const classes = gated.map((counts, wanted) => {
    const matches = classMatches(condition, wanted);
    const values = averagePrecisions(matches);
    if (values === null) return null;
    const precision = mean(thresholds.map((t) => values[t]!));
    if (counts) {
      precisions.push(precision);
      const own = classInfluence(matches, groups.of, groups.count, thresholds, visits);
      for (let g = 0; g < own.length; g++) influence[g]! += own[g]!;
      each?.(
        wanted,
        own.map((value) => 100 * value),
      );
    }
    return 100 * precision;
  });
  const scale = 100 / Math.max(precisions.length, 1);
  return {
    map: precisions.length > 0 ? 100 * mean(precisions) : 0,
    influence: influence.map((value) => value * scale),
    classes,
  };
}

/** A risk score of one condition, x 100, with its parts and the influence of each group on it. */
export interface RiskValue {
  readonly value: number;
  readonly lost: number;
  readonly spurious: number;
  readonly influence: Float64Array;
  /** Numerator and denominator of the score, of each group. */
  readonly bad: Float64Array;
  readonly all: Float64Array;
  /** Nothing found that could be lost, and nothing false: a value of 0 says nothing. */
  readonly nothing: boolean;
}

/** The same with the counts that it is made of. */
export interface RiskColumns extends RiskValue {
  readonly counts: ImageRisk;
}

/** The risk score of a condition as a ratio of sums over groups. */
export function riskColumns(
  clean: FoundCondition,
  changed: FoundCondition,
  forward: (image: number, boxes: Float64Array) => Float64Array,
  groups: Groups,
): RiskColumns {
  const counts = imageRisk(clean, changed, forward);
  return { ...riskRatio(counts, groups), counts };
}

/** A group that holds more than the rest of this is not left out whole. */
const LEAST_LEFT = 0.1;

/**
 * Lost and spurious among all that should have stayed as it was, x 100, as a ratio of sums over groups.
 *
 * @param counts Image by image.
 * @see STATISTICS.md 1.3 and, for the influence of a ratio, 2.1.
 */
export function riskRatio(
  counts: Pick<ImageRisk, 'found' | 'lost' | 'spurious'>,
  groups: Groups,
): RiskValue {
  const bad = new Float64Array(groups.count);
  const all = new Float64Array(groups.count);
  let [lost, spurious] = [0, 0];
  groups.of.forEach((group, image) => {
    lost += counts.lost[image]!;
    spurious += counts.spurious[image]!;
    bad[group]! += counts.lost[image]! + counts.spurious[image]!;
    all[group]! += counts.found[image]! + counts.spurious[image]!;
  });
  const total = all.reduce((sum, value) => sum + value, 0);
  if (total === 0) {
    const influence = new Float64Array(groups.count);
    return { value: 0, lost: 0, spurious: 0, influence, bad, all, nothing: true };
  }
  const ratio = (lost + spurious) / total;
  // Exactly what leaving the group out does, unless next to nothing is left without it.
  const influence = bad.map((x, g) => {
    const left = Math.max(total - all[g]!, LEAST_LEFT * total);
    return (100 * (x - ratio * all[g]!)) / left;
  });
  const centre = mean(influence);
  return {
    value: 100 * ratio,
    lost: (100 * lost) / total,
    spurious: (100 * spurious) / total,
    influence: influence.map((value) => value - centre),
    bad,
    all,
    nothing: false,
  };
}

/** Both models under one condition. */
export interface Pair<T> {
  readonly baseline: T;
  readonly candidate: T;
}

/** One quantity of one model under one condition: its value in points, and each group's influence on it. */
export interface Column {
  readonly value: number;
  readonly influence: Float64Array;
}

/** A quantity that is judged, of both models. */
export interface GatedPair extends Pair<Column> {
  readonly metric: Metric;
}

/** What is judged of one condition. */
export interface JudgedPair {
  /** The metric that is gated: mAP itself, AP50 or the risk score. */
  readonly gated: GatedPair;
  /** AP of the classes that `maxDrop.classes` names, by class. */
  readonly classes: ReadonlyMap<number, GatedPair>;
  /** The drops in each replicate, counted anew; null or absent where they are linearised. */
  readonly redrawn?: Redrawn | null;
}

/** Everything of one condition that the comparison keeps. */
export interface ConditionPair extends JudgedPair {
  readonly map: Pair<ConditionColumns>;
  /** Null for the clean condition. */
  readonly risk: Pair<RiskColumns> | null;
  /** Rows of the truth table that the candidate newly loses: the baseline finds them there. */
  readonly newlyLost: readonly number[];
  /** Rows that the baseline loses and the candidate finds. */
  readonly newlyFixed: readonly number[];
}
