import { z } from 'zod';
import type { Run } from '../baseline/run.ts';
import { findObjects } from '../evaluate/risk.ts';
import { conditionWarps, forwarder } from '../evaluate/score-run.ts';
import type { Progress } from '../evaluate/progress.ts';
import { matchCondition } from '../evaluate/score.ts';
import { type Column, groupsOf, mapColumns, riskColumns } from './condition-columns.ts';
import { degreesOf, standardErrorOf, studentQuantile } from './max-t.ts';
import { type Metric, metrics } from './metric.ts';
import { suiteNodes, weigh, weighColumns } from './nodes.ts';

const points = z.number().min(0).max(100);
const least = z.union([
  points,
  z.strictObject({ clean: points.optional(), overall: points.optional() }),
]);

/** The config's `gate.limits`. */
export const LimitsSchema = z.strictObject({
  risk: points.optional(),
  map: least.optional(),
  ap50: least.optional(),
});

/** One absolute limit and what the candidate measures there. */
export interface LimitComparison {
  readonly metric: Metric;
  readonly level: 'clean' | 'overall';
  /** Points: the least mAP or AP50, the most risk. */
  readonly limit: number;
  /** Null where there is nothing to measure: such a limit is broken. */
  readonly value: number | null;
  readonly standardError: number;
  /** `surely`: by more than the one-sided bound. `measured`: the value is beyond, the bound is not. */
  readonly beyond: 'surely' | 'measured' | 'no';
}

type Limit = Pick<LimitComparison, 'metric' | 'level' | 'limit'>;

/** The limits one by one. A plain number of mAP or AP50 holds on clean images and overall. */
export function limitsOf({ risk, map, ap50 }: z.infer<typeof LimitsSchema>): Limit[] {
  const levels = (metric: Metric, given: z.infer<typeof least> | undefined): Limit[] =>
    (['clean', 'overall'] as const).flatMap((level) => {
      const limit = typeof given === 'object' ? given[level] : given;
      return limit === undefined ? [] : [{ metric, level, limit }];
    });
  return [
    ...(risk === undefined ? [] : [{ metric: 'risk', level: 'overall', limit: risk } as const]),
    ...levels('map', map),
    ...levels('ap50', ap50),
  ];
}

/**
 * Holds one model against absolute limits.
 *
 * A limit is broken where the value lies beyond it by more than its one-sided confidence bound, at `alpha`
 * over all limits together (Bonferroni): as with drops, nobody is stopped by chance (a risk score of 114
 * images is ± 6, STATISTICS.md 1.3). The point estimate still counts: beyond it and not surely is not a pass.
 *
 * @param alpha    Of all limits together.
 * @param progress Told condition by condition.
 */
export async function measureLimits(
  run: Run,
  given: z.infer<typeof LimitsSchema>,
  alpha: number,
  progress?: Progress,
): Promise<LimitComparison[]> {
  const limits = limitsOf(given);
  if (limits.length === 0) return [];
  const groups = groupsOf(run.manifest);
  const { conditions } = run.manifest.suite;
  const wanted = [...new Set(limits.map(({ metric }) => metric))];
  const columns = await conditionColumns(run, wanted, progress);
  const nodes = suiteNodes(conditions);
  const bound = studentQuantile(1 - alpha / limits.length, degreesOf(groups.count));
  return limits.map((limit) => {
    const node = nodes.find(({ level }) => level === limit.level);
    const of = columns.get(limit.metric) ?? [];
    const known = node?.weights.every((weight, i) => weight === 0 || of[i]);
    if (!node || !known) return { ...limit, value: null, standardError: 0, beyond: 'surely' };
    const value = weigh(
      node.weights,
      of.map((column) => column?.value ?? 0),
    );
    const influence = weighColumns(
      node.weights,
      of.map((column) => column?.influence ?? new Float64Array(groups.count)),
      groups.count,
    );
    const standardError = standardErrorOf(influence);
    const excess =
      metrics[limit.metric].better === 'higher' ? limit.limit - value : value - limit.limit;
    const surely = excess > 0 && excess > bound * standardError;
    return {
      ...limit,
      value,
      standardError,
      beyond: surely ? 'surely' : excess > 0 ? 'measured' : 'no',
    };
  });
}

/** Each metric's columns condition by condition; null where it is not defined or nothing was found. */
async function conditionColumns(
  run: Run,
  wanted: readonly Metric[],
  progress?: Progress,
): Promise<Map<Metric, (Column | null)[]>> {
  const { manifest } = run;
  progress?.start('limits', manifest.suite.conditions.length, 0, 'conditions');
  const groups = groupsOf(manifest);
  const all = manifest.dataset.classes.map(() => true);
  const find = async (index: number): Promise<ReturnType<typeof findObjects>> =>
    findObjects(
      matchCondition(await run.truth(index), await run.detections(index), all.length),
      manifest.confidence.value,
    );
  const clean = await find(0);
  const columns = new Map<Metric, (Column | null)[]>(wanted.map((metric) => [metric, []]));
  for (const [index, condition] of manifest.suite.conditions.entries()) {
    const changed = index === 0 ? clean : await find(index);
    const precision = (thresholds?: readonly number[]): Column | null => {
      const { map, influence, classes } = mapColumns(changed, all, groups, { thresholds });
      return classes.every((value) => value === null) ? null : { value: map, influence };
    };
    const measure: Record<Metric, () => Column | null> = {
      map: () => precision(),
      ap50: () => precision([0]),
      risk: () => {
        if (condition.kind === 'clean') return null;
        const risk = riskColumns(
          clean,
          changed,
          forwarder(conditionWarps(manifest, condition)),
          groups,
        );
        return risk.nothing ? null : risk;
      },
    };
    for (const [metric, list] of columns) list.push(measure[metric]());
    progress?.advance(1, condition.id);
  }
  progress?.finish();
  return columns;
}
