import { mean } from '../evaluate/average-precision.ts';
import { classMatches, type MatchedCondition } from '../evaluate/score.ts';
import {
  type WeighedMatches,
  weighedMatches,
  weightedPrecision,
} from '../evaluate/weighted-precision.ts';
import type { Groups, Pair, RiskColumns } from './condition-columns.ts';
import { thresholdsOf } from './gated-columns.ts';
import { type Metric, worsening } from './metric.ts';

/** How often each group is in a test set. */
export type Weights = ArrayLike<number>;

/** The drop of one condition, in points, on each of many test sets. */
export interface Redrawn {
  /** Of the metric that is gated. */
  readonly gated: Float64Array;
  /** Of the classes that `maxDrop.classes` names. */
  readonly classes: ReadonlyMap<number, Float64Array>;
}

/** Counts a quantity of one model under one condition anew, in points, on a test set of such groups. */
type Recount = (weights: Weights) => number;

/**
 * mAP or AP50 of some classes. A class that has no ground truth in a test set leaves it, of both models alike:
 * their ground truth is the same.
 *
 * @param wanted The classes.
 */
function recountPrecision(
  metric: Metric,
  condition: MatchedCondition,
  wanted: readonly number[],
  groups: Groups,
): Recount {
  const thresholds = thresholdsOf(metric);
  const classes = wanted.map((index): WeighedMatches =>
    weighedMatches(classMatches(condition, index), groups.of, groups.count, thresholds),
  );
  return (weights) => {
    const values = classes.flatMap((matches) => weightedPrecision(matches, weights) ?? []);
    return values.length > 0 ? 100 * mean(values) : 0;
  };
}

/** The risk score as it is gated: 100 where nothing was found. */
function recountRisk({ bad, all }: RiskColumns): Recount {
  return (weights) => {
    let [worse, total] = [0, 0];
    for (let g = 0; g < weights.length; g++) {
      worse += weights[g]! * bad[g]!;
      total += weights[g]! * all[g]!;
    }
    return total > 0 ? (100 * worse) / total : 100;
  };
}

/**
 * Counts the drops of one condition anew on each test set.
 *
 * @param condition Both models' matches.
 * @param risk      Null for the clean condition.
 * @param judged    What is judged: all gated classes together, and some by themselves.
 */
export function redraw(
  condition: Pair<MatchedCondition>,
  risk: Pair<RiskColumns> | null,
  judged: {
    readonly metric: Metric;
    readonly gated: readonly boolean[];
    readonly classes: readonly number[];
  },
  groups: Groups,
  draws: readonly Weights[],
): Redrawn {
  const { metric, gated, classes } = judged;
  const all = [...gated.keys()].filter((index) => gated[index]);
  const drops = (recount: (side: keyof Pair<unknown>) => Recount, of: Metric): Float64Array => {
    const [before, after] = [recount('baseline'), recount('candidate')];
    return Float64Array.from(draws, (weights) => worsening(of, before(weights), after(weights)));
  };
  const precision = (wanted: readonly number[]): Float64Array =>
    drops((side) => recountPrecision(metric, condition[side], wanted, groups), 'map');
  return {
    gated:
      metric === 'risk' && risk ? drops((side) => recountRisk(risk[side]), 'risk') : precision(all),
    classes: new Map(classes.map((wanted) => [wanted, precision([wanted])])),
  };
}
