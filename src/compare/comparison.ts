import type { LeftOut } from '../baseline/common.ts';
import type { Information } from './information.ts';
import type { ErrorCounts } from '../evaluate/errors.ts';
import type { Metric } from './metric.ts';
import type { Waiver } from './waivers.ts';

/** `class-clean` and `class` are one class on clean images and over all perturbations. */
export type Level =
  | 'clean'
  | 'overall'
  | 'family'
  | 'perturbation'
  | 'condition'
  | 'class-clean'
  | 'class';

/** What the simultaneous two-sided interval of a node says. */
export type Change = 'worse' | 'better' | 'no visible change' | 'identical';

/**
 * One quantity that is compared: the clean metric, a condition's, or a mean of conditions.
 * All values are points of its metric; a drop is a worsening, positive is worse whatever the metric.
 */
export interface NodeComparison {
  readonly level: Level;
  /** `clean`, `overall`, `noise`, `gaussian_noise`, `gaussian_noise/3`, a class. Unique within a level. */
  readonly name: string;
  /** The gate's, but for clean images of a gate on risk: they have none and are judged by mAP. */
  readonly metric: Metric;
  readonly baseline: number;
  readonly candidate: number;
  readonly drop: number;
  readonly standardError: number;
  /** Simultaneous two-sided interval of the drop at 1 - alpha. */
  readonly interval: readonly [number, number];
  readonly change: Change;
  /** The drop that the config allows here. */
  readonly maxDrop: number;
  /** Significantly more than `maxDrop`, family-wise. Never true of a node that is not tested, or of too few groups. */
  readonly regressed: boolean;
  /** The waiver that speaks of it, whether it regressed or not. */
  readonly waiver: Waiver | null;
  /** Step-down adjusted p of "the drop is at most maxDrop"; null when not tested. */
  readonly adjustedP: number | null;
  /** True drop that would be flagged 4 times out of 5. */
  readonly detectableDrop: number;
  /** Drops over this are ruled out at one-sided 1 - alpha (not adjusted). */
  readonly ruledOut: number;
  /** Why the node is not in the joint test, else null. */
  readonly untested: 'baseline-too-low' | 'identical' | null;
}

/** A risk score with what it is made of (STATISTICS.md 1.3). Lower is better. */
export interface RiskScore {
  /** 0 to 100. */
  readonly value: number;
  readonly standardError: number;
  /** Of the value, the part from lost objects and the part from spurious detections. */
  readonly lost: number;
  readonly spurious: number;
}

export interface RiskComparison {
  readonly level: 'overall' | 'family' | 'perturbation';
  readonly name: string;
  readonly baseline: RiskScore;
  readonly candidate: RiskScore;
  /** Candidate minus baseline: positive is worse. */
  readonly rise: number;
  readonly standardError: number;
}

/** Per class: mAP@[.50:.95] x 100 on clean images and as mean over the perturbed conditions. Null without ground truth. */
export interface ClassComparison {
  readonly name: string;
  readonly objects: number;
  readonly groups: number;
  readonly clean: readonly [baseline: number | null, candidate: number | null];
  readonly perturbed: readonly [baseline: number | null, candidate: number | null];
  /** Of what is lost on perturbed images; null where too few groups have the class to tell. */
  readonly standardError: number | null;
}

/** What a class loses under a perturbation: AP@[.50:.95] x 100, baseline minus candidate. */
export interface ClassDrop {
  readonly drop: number;
  /** Null where the class is in too few groups for one. */
  readonly standardError: number | null;
  /** Sure for all classes and perturbations together at 1 - alpha; else `no visible change`. */
  readonly change: Exclude<Change, 'identical'>;
}

/** Every class on clean images, or under one perturbation (mean over its severities). For information. */
export interface ClassDrops {
  /** `clean` or the perturbation. */
  readonly name: string;
  /** In the data set's order; null without ground truth. */
  readonly drops: readonly (ClassDrop | null)[];
}

/** What both models get wrong at their operating confidences under one condition. */
export interface ErrorComparison {
  readonly condition: string;
  readonly baseline: ErrorCounts;
  readonly candidate: ErrorCounts;
}

/**
 * An image with objects that one model finds on the original and misses on the changed one, while the other still
 * finds them there.
 */
export interface FailureExample {
  /** `broken`: the candidate misses them. `fixed`: the baseline does. */
  readonly kind: 'broken' | 'fixed';
  /** Index into the images of the candidate's manifest (rank). */
  readonly image: number;
  readonly imageId: string;
  readonly condition: string;
  /** Rows of the image's ground truth that are newly lost, or no longer. */
  readonly objects: readonly number[];
  /** Class names of those objects. */
  readonly classes: readonly string[];
  /** Points of the condition's drop that this image's group is responsible for; negative where it is better now. */
  readonly influence: number;
}

/** Baseline and candidate, paired image by image. */
export interface Comparison {
  readonly metric: Metric;
  readonly images: number;
  readonly groups: number;
  readonly nodes: readonly NodeComparison[];
  readonly risk: readonly RiskComparison[];
  readonly classes: readonly ClassComparison[];
  /** Clean images first, then every perturbation. */
  readonly classDrops: readonly ClassDrops[];
  /** In the order of the suite. */
  readonly errors: readonly ErrorComparison[];
  /** What the candidate newly breaks: what regressed first. */
  readonly failures: readonly FailureExample[];
  /** What it newly gets right: where it gained most first. */
  readonly fixes: readonly FailureExample[];
  /** Further numbers; no verdict rests on them. */
  readonly information: Information;
  /** How the joint test was done. */
  readonly test: {
    readonly alpha: number;
    /** One minus the confidence at which drops are ruled out. */
    readonly ruleOutAlpha: number;
    readonly replicates: number;
    readonly seed: number;
    /** Number of nodes tested jointly. */
    readonly tested: number;
    /** t-scaled critical value of the one-sided test. */
    readonly critical: number;
    /** t-scaled critical value of the two-sided intervals. */
    readonly criticalTwoSided: number;
  };
  /** Every byte that decides the detections is equal: drop is exactly 0. */
  readonly identical: boolean;
  /** How the two runs differ in images, labels, conditions and groups; null where they do not. */
  readonly leftOut: LeftOut | null;
  /** What the reader should know (rare classes, other processor, few groups). One sentence each. */
  readonly notes: readonly string[];
}
