import type { Run } from '../baseline/run.ts';
import {
  type Expected,
  expectedOf,
  imageConsistency,
  type WarpOf,
} from '../evaluate/consistency.ts';
import { type ErrorCounts, errorCounts } from '../evaluate/errors.ts';
import { FEW_VISITS } from '../evaluate/influence.ts';
import { findObjects, type FoundCondition } from '../evaluate/risk.ts';
import { forwarder } from '../evaluate/score-run.ts';
import { matchCondition, type OverlappedCondition } from '../evaluate/score.ts';
import { conditionOfSize, type Size } from '../evaluate/sizes.ts';
import type { ClassInfluence } from './class-drops.ts';
import {
  type Column,
  type ConditionColumns,
  type Groups,
  mapColumns,
  riskColumns,
  type RiskColumns,
  riskRatio,
  type RiskValue,
} from './condition-columns.ts';
import { classColumn, gatedColumn } from './gated-columns.ts';
import type { Metric } from './metric.ts';

/** What is judged. */
export interface Quantities {
  readonly metric: Metric;
  /** Whether a class counts in the gated AP. */
  readonly gated: readonly boolean[];
  /** The classes that are judged by themselves. */
  readonly classes: readonly number[];
}

/** One model under one condition: all that is counted of it alone, whatever it is then held against. */
export interface Side {
  readonly found: FoundCondition;
  readonly map: ConditionColumns;
  /** Influence of each group on AP of every gated class. */
  readonly influence: ClassInfluence;
  /** The metric that is gated. */
  readonly gated: ReturnType<typeof gatedColumn>;
  /** AP of the classes that are judged by themselves. */
  readonly classes: ReadonlyMap<number, Column>;
  /** Null for the clean condition. */
  readonly risk: RiskColumns | null;
  readonly consistency: RiskValue | null;
  /** COCO's AP x 100 of the objects of each size, over all classes; null without any. */
  readonly sizes: Readonly<Record<Size, Column | null>>;
  readonly errors: ErrorCounts;
}

/** Reads and counts a condition of a run; the clean one, which the others are held against, comes first. */
export type SideReader = (condition: number, warpOf: WarpOf) => Promise<Side>;

/** Counts the conditions of a run one by one. */
export function sideReader(run: Run, quantities: Quantities, groups: Groups): SideReader {
  const { metric, gated, classes } = quantities;
  const confidence = run.manifest.confidence.value;
  let clean: { readonly found: FoundCondition; readonly expected: Expected } | null = null;
  return async (condition, warpOf) => {
    const [truth, detections] = [await run.truth(condition), await run.detections(condition)];
    const found = findObjects(matchCondition(truth, detections, gated.length), confidence);
    const original = (clean ??= {
      found,
      expected: expectedOf(found.detections, confidence, gated.length),
    });
    const influence: ClassInfluence = new Map();
    const map = mapColumns(found, gated, groups, {
      each: (wanted, column) => influence.set(wanted, column),
    });
    const perturbed = found !== original.found;
    const risk = perturbed ? riskColumns(original.found, found, forwarder(warpOf), groups) : null;
    const consistency = perturbed
      ? riskRatio(imageConsistency(original.expected, found.detections, confidence, warpOf), groups)
      : null;
    return {
      found,
      map,
      influence,
      gated: gatedColumn(metric, found, map, risk, gated, groups),
      classes: new Map(
        classes.map((wanted) => [wanted, classColumn(metric, found, wanted, groups)]),
      ),
      risk,
      consistency,
      sizes: {
        small: sizeColumn(found, 'small', groups),
        medium: sizeColumn(found, 'medium', groups),
        large: sizeColumn(found, 'large', groups),
      },
      errors: errorCounts(found),
    };
  };
}

/** COCO's AP of the objects of a size, x 100. */
function sizeColumn(condition: OverlappedCondition, size: Size, groups: Groups): Column | null {
  const ofSize = conditionOfSize(condition, size);
  if (!ofSize) return null;
  const every = Array.from({ length: ofSize.ranked.starts.length - 1 }, () => true);
  const { map, influence } = mapColumns(ofSize, every, groups, { visits: FEW_VISITS });
  return { value: map, influence };
}
