import type { Run } from '../src/baseline/run.ts';
import { compareRuns, gatedClasses } from '../src/compare/compare.ts';
import { type Groups, groupsOf } from '../src/compare/condition-columns.ts';
import { suiteNodes, weighColumns } from '../src/compare/nodes.ts';
import { GatePolicySchema } from '../src/compare/policy.ts';
import { redraw } from '../src/compare/recount.ts';
import { markedRows, mean } from '../src/evaluate/average-precision.ts';
import { deletable, precisionsWithout } from '../src/evaluate/delete-one.ts';
import { IOU_THRESHOLDS } from '../src/evaluate/match.ts';
import { classMatches, matchCondition, type MatchedCondition } from '../src/evaluate/score.ts';
import { auditBootstrap } from '../src/judge/audit.ts';
import type { Ratio, Results } from './results.ts';

const policy = GatePolicySchema.parse({});
const silent = { say: () => {}, start: () => {}, advance: () => {}, finish: () => {} };

/**
 * What the verdict rests on beside exact recomputation, on two runs of the same images: its standard errors beside the
 * delete-one-group jackknife's, its bootstrap beside the one that counts everything anew in every replicate.
 *
 * @param replicates Of both bootstraps.
 */
export async function audit(
  baseline: Run,
  candidate: Run,
  replicates: number,
): Promise<Omit<Results['audit'][number], 'pair'>> {
  const linear = await compareRuns(baseline, candidate, policy, replicates);
  const full = await compareRuns(baseline, candidate, policy, replicates, {
    kind: 'full',
    progress: silent,
  });
  const { nodes, status, critical, ratio } = auditBootstrap(linear, full, policy, []);
  const exact = await jackknife(baseline, candidate);
  const ratioTo = (errors: readonly number[]): Ratio => {
    const ratios = linear.nodes
      .flatMap(({ untested, standardError }, i) =>
        untested === null ? [standardError / errors[i]!] : [],
      )
      .sort((a, b) => a - b);
    return {
      least: ratios[0]!,
      median: ratios[Math.floor(ratios.length / 2)]!,
      most: ratios.at(-1)!,
    };
  };
  const says = (of: (way: 'linear' | 'full') => (node: (typeof nodes)[number]) => boolean) => ({
    both: nodes.filter((node) => of('linear')(node) && of('full')(node)).length,
    linearOnly: nodes.filter((node) => of('linear')(node) && !of('full')(node)).length,
    fullOnly: nodes.filter((node) => !of('linear')(node) && of('full')(node)).length,
  });
  return {
    images: linear.images,
    groups: linear.groups,
    replicates,
    nodes: nodes.length,
    jackknifeRatio: ratioTo(exact.printed),
    allRecallsRatio: ratioTo(exact.allRecalls),
    bootstrapRatio: ratio ?? { least: 1, median: 1, most: 1 },
    critical,
    status,
    regressed: says(
      (way) =>
        ({ regressed }) =>
          regressed[way],
    ),
    changed: says(
      (way) =>
        ({ change }) =>
          change[way] === 'worse' || change[way] === 'better',
    ),
  };
}

/** The exact delete-one-group jackknife's standard error of every node's drop, in points: of the AP that is printed, and of the AP over all recalls. */
async function jackknife(
  baseline: Run,
  candidate: Run,
): Promise<Record<'printed' | 'allRecalls', number[]>> {
  const { manifest } = candidate;
  const groups = groupsOf(manifest);
  const classCount = manifest.dataset.classes.length;
  const gated = gatedClasses(await candidate.truth(0), groups, classCount);
  const without = Array.from({ length: groups.count }, (_, g) =>
    new Uint16Array(groups.count).fill(1).fill(0, g, g + 1),
  );
  const printed: Float64Array[] = [];
  const allRecalls: Float64Array[] = [];
  for (const condition of manifest.suite.conditions.keys()) {
    const truth = await candidate.truth(condition);
    const pair = {
      baseline: matchCondition(truth, await baseline.detections(condition), classCount),
      candidate: matchCondition(truth, await candidate.detections(condition), classCount),
    };
    const judged = { metric: policy.metric, gated, classes: [] };
    printed.push(redraw(pair, null, judged, groups, without).gated);
    const [before, after] = [pair.baseline, pair.candidate].map((side) =>
      deletedPrecisions(side, gated, groups),
    );
    allRecalls.push(before!.map((value, g) => 100 * (value - after![g]!)));
  }
  const errorsOf = (deleted: readonly Float64Array[]): number[] =>
    suiteNodes(manifest.suite.conditions).map(({ weights }) => {
      const values = weighColumns(weights, deleted, groups.count);
      const centre = mean(values);
      const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
      return Math.sqrt(((groups.count - 1) / groups.count) * squares);
    });
  return { printed: errorsOf(printed), allRecalls: errorsOf(allRecalls) };
}

/** mAP over all recalls without each group. */
function deletedPrecisions(
  condition: MatchedCondition,
  gated: readonly boolean[],
  groups: Groups,
): Float64Array {
  const every = Array.from({ length: groups.count }, (_, g) => g);
  const classes = [...gated.keys()]
    .filter((wanted) => gated[wanted])
    .map((wanted) => classMatches(condition, wanted))
    .filter(({ positives }) => positives > 0)
    .map((matches) => {
      const thresholds = [...IOU_THRESHOLDS.keys()];
      const marked = markedRows(matches);
      const laidOut = deletable(matches, marked, groups.of, groups.count, thresholds);
      return precisionsWithout(laidOut, every);
    });
  return Float64Array.from(every, (g) => mean(classes.map((values) => values[g]!)));
}
