import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Run } from '../baseline/run.ts';
import type { Condition } from '../perturb/condition.ts';
import { findObjects, type FoundCondition } from '../evaluate/risk.ts';
import { conditionWarps, forwarder } from '../evaluate/score-run.ts';
import { matchCondition } from '../evaluate/score.ts';
import { compareNodes } from './compare-nodes.ts';
import { countGroups } from './compare.ts';
import type { Level } from './comparison.ts';
import { type ConditionPair, groupsOf, mapColumns, riskColumns } from './condition-columns.ts';
import { gatedColumn } from './gated-columns.ts';
import { LEAST_CLASS_GROUPS } from './notes.ts';
import { degreesOf, studentQuantile } from './max-t.ts';
import type { Metric } from './metric.ts';
import { suiteNodes } from './nodes.ts';
import { type GatePolicy, marginOf, ruleOutAlphaOf } from './policy.ts';

/** What can be seen at a node, in points. */
export interface NodeResolution {
  readonly level: Level;
  readonly name: string;
  /** Whose points these are. */
  readonly metric: Metric;
  readonly maxDrop: number;
  /** True drop that is flagged about 4 times out of 5. */
  readonly detectableDrop: number;
  /** Drops over this are ruled out when nothing changed. */
  readonly ruledOut: number;
}

/** How small a drop a data set shows, before a candidate is run. */
export interface Resolution {
  /** `run`: from influence values of a run; `counts`: by rule of thumb. */
  readonly source: 'run' | 'counts';
  /** What the gate judges; by rule of thumb only mAP is known. */
  readonly gated: Metric;
  /** Clean images and the families. */
  readonly nodes: readonly NodeResolution[];
}

/**
 * Correlation of two models' mAP over data sets, from which the standard error of a drop is guessed when only one
 * model is known: se(drop) = se(one) sqrt(2 (1 - r)).
 *
 * @see STATISTICS.md, head: 0.78 for a family, 0.65 and 0.87 as variants.
 */
const MODEL_CORRELATION = 0.78;
const PAIRING = Math.sqrt(2 * (1 - MODEL_CORRELATION));

/** The same of a risk score: standard deviations of 2.22 (difference) and 3.0 (one model). @see STATISTICS.md 1.3. */
const RISK_PAIRING = 2.22 / 3;

/** Replicates for the critical value: it is part of a forecast. */
const REPLICATES = 1000;

/** Joint critical value on the normal scale at all sizes of data set, and quantile of 80 % power. @see STATISTICS.md 3. */
const USUAL_CRITICAL = 2.88;
const POWER_80 = 0.8416;

/**
 * Standard error of the drop of a mean over classes, in points, when each class had one object:
 * se = k sqrt(sum over classes of 1 / objects) / classes. From STATISTICS.md 4.1 (se of a family 1.66, of one
 * condition 1.94 at 100 images) and the Construction Site Safety validation set, which its simulation draws from
 * (697 objects in 114 images; by class 79, 21, 69, 74, 106, 166, 44, 41, 55, 42).
 */
const FAMILY_SPREAD = 35.4;
const CONDITION_SPREAD = 41.4;

/**
 * The resolution of the gated metric from one run's influence values, for a candidate that is as like it as models usually are. The
 * standard error of a drop depends on the candidate, so this is a forecast.
 */
export async function resolutionOfRun(run: Run, policy: GatePolicy): Promise<Resolution> {
  const { manifest } = run;
  const groups = groupsOf(manifest);
  const classCount = manifest.dataset.classes.length;
  const counts = countGroups(await run.truth(0), groups, classCount);
  const gated = counts.map((count) => count >= LEAST_CLASS_GROUPS);
  const nothing = { map: 0, influence: new Float64Array(groups.count), classes: [] };
  const pairs: ConditionPair[] = [];
  let clean: FoundCondition | null = null;
  for (const [index, condition] of manifest.suite.conditions.entries()) {
    const [truth, detections] = [await run.truth(index), await run.detections(index)];
    const matched = matchCondition(truth, detections, classCount);
    const found = findObjects(matched, manifest.confidence.value);
    clean ??= found;
    const columns = mapColumns(found, gated, groups);
    const risk =
      policy.metric === 'risk' && condition.kind === 'perturbed'
        ? riskColumns(clean, found, forwarder(conditionWarps(manifest, condition)), groups)
        : null;
    const { metric, value, ...of } = gatedColumn(
      policy.metric,
      found,
      columns,
      risk,
      gated,
      groups,
    );
    const pairing = metric === 'risk' ? RISK_PAIRING : PAIRING;
    const influence = of.influence.map((own) => pairing * own);
    // Against a candidate without influence the drop's error is the baseline's own, scaled.
    const map = { baseline: columns, candidate: nothing };
    pairs.push({
      map,
      gated: {
        metric,
        baseline: { value, influence },
        candidate: { value: 0, influence: nothing.influence },
      },
      classes: new Map(),
      risk: null,
      newlyLost: [],
      redrawn: null,
      newlyFixed: [],
    });
  }
  const nodes = suiteNodes(manifest.suite.conditions);
  const { seed } = manifest.suite;
  const { results } = compareNodes(nodes, pairs, policy, groups.count, REPLICATES, seed);
  return {
    source: 'run',
    gated: policy.metric,
    nodes: results
      .filter(({ level, untested }) => shown(level) && untested === null)
      .map(({ level, name, metric, maxDrop, detectableDrop, ruledOut, drop }) => ({
        level,
        name,
        metric,
        maxDrop,
        detectableDrop,
        ruledOut: ruledOut - drop,
      })),
  };
}

/**
 * The resolution of mAP by rule of thumb, from nothing but the labels.
 *
 * @param objects Objects of each class that count.
 * @param images  Images; with fewer groups than images the objects count for as much less.
 */
export function resolutionOfCounts(
  objects: readonly number[],
  { images, groups }: { images: number; groups: number },
  conditions: readonly Condition[],
  policy: GatePolicy,
): Resolution {
  const present = objects.filter((count) => count > 0);
  const spread = Math.sqrt(present.reduce((sum, count) => sum + 1 / count, 0) * (images / groups));
  const unit = spread / Math.max(present.length, 1);
  const degrees = degreesOf(groups);
  const critical = -studentQuantile(normalCdf(-USUAL_CRITICAL, 0, 1), degrees);
  const quantile = studentQuantile(1 - ruleOutAlphaOf(policy), degrees);
  return {
    source: 'counts',
    gated: policy.metric,
    nodes: suiteNodes(conditions)
      .filter(({ level }) => shown(level))
      .map(({ level, name }) => {
        const error = unit * (level === 'clean' ? CONDITION_SPREAD : FAMILY_SPREAD);
        const maxDrop = marginOf(policy, level, name);
        return {
          level,
          name,
          metric: 'map',
          maxDrop,
          detectableDrop: maxDrop + (critical + POWER_80) * error,
          ruledOut: quantile * error,
        };
      }),
  };
}

function shown(level: Level): boolean {
  return level === 'clean' || level === 'family';
}

/** The smallest drop that is seen at every node, in points; null when none can be judged. */
export function smallestDrop({ nodes }: Resolution): NodeResolution | null {
  return nodes.reduce<NodeResolution | null>(
    (worst, node) => (worst && worst.detectableDrop >= node.detectableDrop ? worst : node),
    null,
  );
}

/**
 * Independent groups of images for which a drop is seen 4 times out of 5 at every node: standard errors fall with
 * the square root of their number.
 *
 * @param wanted Points; null is given back where it is not over what may be lost anyway.
 */
export function groupsNeeded({ nodes }: Resolution, groups: number, wanted: number): number | null {
  if (nodes.length === 0 || nodes.some(({ maxDrop }) => wanted <= maxDrop)) return null;
  const factors = nodes.map(
    ({ detectableDrop, maxDrop }) => ((detectableDrop - maxDrop) / (wanted - maxDrop)) ** 2,
  );
  return Math.ceil(groups * Math.max(...factors));
}
