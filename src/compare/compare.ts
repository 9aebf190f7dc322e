import { commonPart } from '../baseline/common.ts';
import type { Run } from '../baseline/run.ts';
import type { TruthTable } from '../boxes/labels.ts';
import type { Progress } from '../evaluate/progress.ts';
import { conditionWarps } from '../evaluate/score-run.ts';
import type { Comparison } from './comparison.ts';
import { type Groups, groupsOf } from './condition-columns.ts';
import { classNodes, suiteNodes } from './nodes.ts';
import { LEAST_CLASS_GROUPS } from './notes.ts';
import { type JudgedPart, openComparison, REPLICATES } from './open-comparison.ts';
import { type GatePolicy, namedClasses } from './policy.ts';
import { restrictRuns } from './restrict.ts';
import { sideReader } from './sides.ts';

/** How the drops of a bootstrap replicate are found, and who is told condition by condition. */
export interface Bootstrap {
  /** From influence values, or by counting the metric anew as an audit: the same draws, minutes instead of a second. */
  readonly kind: 'linear' | 'full';
  readonly progress?: Progress | undefined;
}

/**
 * Compares two runs of one seed, image by image, on the images, labels and conditions that both have: AP and
 * risk of both are counted on that part alone. Tables are read one condition at a time.
 *
 * @param policy Margins and alpha.
 * @param replicates Bootstrap replicates.
 * @param bootstrap How the drops of a replicate are found.
 */
export async function compareRuns(
  baseline: Run,
  candidate: Run,
  policy: GatePolicy,
  replicates: number = REPLICATES,
  bootstrap: Bootstrap = { kind: 'linear' },
): Promise<Comparison> {
  const common = commonPart(baseline.manifest, candidate.manifest);
  const runs = restrictRuns({ baseline, candidate }, common);
  const part = await judgedPart(runs.candidate, policy);
  const open = openComparison({ baseline, candidate }, common, part, replicates, bootstrap.kind);
  const { conditions } = part.manifest.suite;
  const [before, now] = [runs.baseline, runs.candidate].map((run) =>
    sideReader(run, part.quantities, part.groups),
  );
  const { progress } = bootstrap;
  const label = bootstrap.kind === 'full' ? 'count anew' : 'compare';
  progress?.start(label, conditions.length, 0, 'conditions');
  for (const [index, condition] of conditions.entries()) {
    const warpOf = conditionWarps(part.manifest, condition);
    open.add(condition, {
      baseline: await before!(index, warpOf),
      candidate: await now!(index, warpOf),
    });
    progress?.advance(1, condition.id);
  }
  progress?.finish();
  return open.finish();
}

/**
 * What is judged of a run.
 *
 * @param run On what is in common.
 */
export async function judgedPart(run: Run, policy: GatePolicy): Promise<JudgedPart> {
  const { manifest } = run;
  const groups = groupsOf(manifest);
  const truth = await run.truth(0);
  const { classes } = manifest.dataset;
  const gated = gatedClasses(truth, groups, classes.length);
  const named = namedClasses(policy);
  const wanted = named.map((name) => classes.indexOf(name)).filter((index) => index >= 0);
  const nodes = suiteNodes(manifest.suite.conditions);
  return {
    policy,
    manifest,
    truth,
    groups,
    groupsOfClass: countGroups(truth, groups, classes.length),
    quantities: { metric: policy.metric, gated, classes: wanted },
    nodes,
    judged: [...nodes, ...classNodes(nodes, named, classes, gated)],
  };
}

/** Whether each class counts in the gated mAP: one that too few groups have leaves it, for both models. */
export function gatedClasses(truth: TruthTable, groups: Groups, classCount: number): boolean[] {
  return countGroups(truth, groups, classCount).map((count) => count >= LEAST_CLASS_GROUPS);
}

/** In how many groups each class has an object that counts. */
export function countGroups(truth: TruthTable, groups: Groups, classCount: number): number[] {
  const seen = Array.from({ length: classCount }, () => new Set<number>());
  groups.of.forEach((group, image) => {
    for (let row = truth.offsets[image]!; row < truth.offsets[image + 1]!; row++) {
      if (!truth.ignored[row] && !truth.crowd[row]) seen[truth.classes[row]!]!.add(group);
    }
  });
  return seen.map((set) => set.size);
}
