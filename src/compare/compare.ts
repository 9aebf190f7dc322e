import { commonPart } from '../baseline/common.ts';
import type { RunManifest } from '../baseline/manifest.ts';
import type { Run } from '../baseline/run.ts';
import type { TruthTable } from '../boxes/labels.ts';
import type { Progress } from '../evaluate/progress.ts';
import { errorCounts } from '../evaluate/errors.ts';
import { findObjects, type FoundCondition } from '../evaluate/risk.ts';
import { conditionWarps, forwarder } from '../evaluate/score-run.ts';
import { matchCondition, type OverlappedCondition } from '../evaluate/score.ts';
import type { Comparison, ErrorComparison } from './comparison.ts';
import { type ClassDropTally, type ClassInfluence, tallyClassDrops } from './class-drops.ts';
import { compareClasses } from './classes.ts';
import {
  type ConditionColumns,
  type ConditionPair,
  type Groups,
  groupsOf,
  type GatedPair,
  mapColumns,
  type Pair,
  riskColumns,
  type RiskColumns,
} from './condition-columns.ts';
import { compareNotes, LEAST_CLASS_GROUPS } from './notes.ts';
import { failureExamples, fixExamples } from './failures.ts';
import { collectInformation, type InformationCollector } from './information.ts';
import { compareNodes } from './compare-nodes.ts';
import { classColumn, gatedColumn } from './gated-columns.ts';
import { drawsOf } from './replicates.ts';
import type { Metric } from './metric.ts';
import { classNodes, suiteNodes } from './nodes.ts';
import { type GatePolicy, namedClasses } from './policy.ts';
import { redraw, type Weights } from './recount.ts';
import { restrictRuns } from './restrict.ts';
import { compareRisk } from './risk-nodes.ts';

/** Bootstrap replicates of the joint test: Monte-Carlo error of alpha ± 0.35 points. */
const REPLICATES = 4000;

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
  const { manifest } = runs.candidate;
  const groups = groupsOf(manifest);
  const cleanTruth = await runs.candidate.truth(0);
  const groupsOfClass = countGroups(cleanTruth, groups, manifest.dataset.classes.length);
  const { classes } = manifest.dataset;
  const gated = gatedClasses(cleanTruth, groups, classes.length);
  const wanted = namedClasses(policy)
    .map((name) => classes.indexOf(name))
    .filter((index) => index >= 0);
  const quantities = { metric: policy.metric, gated, classes: wanted };
  const { seed } = manifest.suite;
  const draws = bootstrap.kind === 'full' ? drawsOf(groups.count, replicates, seed) : null;
  const { progress } = bootstrap;
  const collector = collectInformation(runs, groups);
  const tally = tallyClassDrops(manifest.suite.conditions, groups.count, groupsOfClass);
  const label = bootstrap.kind === 'full' ? 'count anew' : 'compare';
  progress?.start(label, manifest.suite.conditions.length, 0, 'conditions');
  const { pairs, errors } = await conditionPairs(
    runs,
    quantities,
    groups,
    { draws, collector, tally },
    (at) => progress?.advance(1, at),
  );
  progress?.finish();
  const nodes = suiteNodes(manifest.suite.conditions);
  const judged = [...nodes, ...classNodes(nodes, namedClasses(policy), classes, gated)];
  const ofClasses = compareClasses(nodes, pairs, cleanTruth, groupsOfClass, classes);
  const { results, test } = compareNodes(judged, pairs, policy, groups.count, replicates, seed);
  const sources = { nodes: judged, results, pairs, truth: cleanTruth, groups, manifest };
  const ranked = <T extends { readonly image: number }>(examples: readonly T[]): T[] =>
    examples.map((example) => ({ ...example, image: common.images[example.image]!.candidate }));
  return {
    metric: policy.metric,
    images: manifest.images.length,
    groups: groups.count,
    nodes: results,
    risk: compareRisk(
      nodes,
      pairs.map(({ risk }) => risk),
      groups.count,
    ),
    classes: ofClasses,
    classDrops: tally.finish(policy.alpha),
    errors,
    failures: ranked(failureExamples(sources)),
    fixes: ranked(fixExamples(sources)),
    information: collector.finish(nodes),
    test,
    identical: sameDetections(baseline.manifest, manifest),
    leftOut: common.leftOut,
    notes: [
      ...compareNotes(baseline.manifest, candidate.manifest, ofClasses),
      ...namedButRare(policy, classes, gated),
    ],
  };
}

/** What is judged. */
interface Quantities {
  readonly metric: Metric;
  /** Whether a class counts in the gated AP. */
  readonly gated: readonly boolean[];
  /** The classes that are judged by themselves. */
  readonly classes: readonly number[];
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

/** What takes the conditions one by one, beside what is judged. */
interface Collectors {
  /** The replicates in which everything is counted anew; null for none. */
  readonly draws: readonly Weights[] | null;
  readonly collector: InformationCollector;
  readonly tally: ClassDropTally;
}

async function conditionPairs(
  runs: Pair<Run>,
  { metric, gated, classes }: Quantities,
  groups: Groups,
  { draws, collector, tally }: Collectors,
  onCondition: (condition: string) => void,
): Promise<{ pairs: ConditionPair[]; errors: ErrorComparison[] }> {
  const { manifest } = runs.candidate;
  type Found = FoundCondition & OverlappedCondition;
  const load = async (run: Run, index: number): Promise<Found> => {
    const [truth, detections] = [await run.truth(index), await run.detections(index)];
    const matched = matchCondition(truth, detections, gated.length);
    return findObjects(matched, run.manifest.confidence.value);
  };
  const both = async (index: number): Promise<Pair<Found>> => ({
    baseline: await load(runs.baseline, index),
    candidate: await load(runs.candidate, index),
  });
  const clean = await both(0);
  const pairs: ConditionPair[] = [];
  const errors: ErrorComparison[] = [];
  for (const [index, condition] of manifest.suite.conditions.entries()) {
    const changed = index === 0 ? clean : await both(index);
    const warpOf = conditionWarps(manifest, condition);
    const forward = forwarder(warpOf);
    const influence: Pair<ClassInfluence> = { baseline: new Map(), candidate: new Map() };
    const map = (side: keyof Pair<Run>): ConditionColumns =>
      mapColumns(changed[side], gated, groups, undefined, (wanted, column) =>
        influence[side].set(wanted, column),
      );
    const risk = (side: keyof Pair<Run>): RiskColumns =>
      riskColumns(clean[side], changed[side], forward, groups);
    const pair =
      condition.kind === 'clean'
        ? null
        : { baseline: risk('baseline'), candidate: risk('candidate') };
    const maps = { baseline: map('baseline'), candidate: map('candidate') };
    collector.add(warpOf, clean, changed, maps, pair);
    tally.add(condition, maps, influence);
    errors.push({
      condition: condition.id,
      baseline: errorCounts(changed.baseline),
      candidate: errorCounts(changed.candidate),
    });
    const column = (side: keyof Pair<Run>): ReturnType<typeof gatedColumn> =>
      gatedColumn(metric, changed[side], maps[side], pair?.[side] ?? null, gated, groups);
    const ofClass = (wanted: number): GatedPair => ({
      metric,
      baseline: classColumn(metric, changed.baseline, wanted, groups),
      candidate: classColumn(metric, changed.candidate, wanted, groups),
    });
    const [before, after] = [column('baseline'), column('candidate')];
    pairs.push({
      map: maps,
      gated: { metric: after.metric, baseline: before, candidate: after },
      classes: new Map(classes.map((wanted) => [wanted, ofClass(wanted)])),
      risk: pair,
      newlyLost: (pair?.candidate.counts.lostObjects ?? []).filter(
        (row) => changed.baseline.findings.found[row] === 1,
      ),
      newlyFixed: (pair?.baseline.counts.lostObjects ?? []).filter(
        (row) => changed.candidate.findings.found[row] === 1,
      ),
      redrawn: draws && redraw(changed, pair, { metric, gated, classes }, groups, draws),
    });
    onCondition(condition.id);
  }
  return { pairs, errors };
}

function sameDetections(baseline: RunManifest, candidate: RunManifest): boolean {
  return baseline.files.detections === candidate.files.detections;
}

/** A class that the config wants judged, and that has too few objects for it. */
function namedButRare(
  policy: GatePolicy,
  classes: readonly string[],
  gated: readonly boolean[],
): string[] {
  const rare = namedClasses(policy).filter((name) => !gated[classes.indexOf(name)]);
  return rare.length > 0
    ? [
        `Named in gate.maxDrop.classes but not judged, because they have objects in fewer than ${LEAST_CLASS_GROUPS} groups: ${rare.join(', ')}.`,
      ]
    : [];
}
