import type { RunManifest } from '../baseline/manifest.ts';
import type { Run } from '../baseline/run.ts';
import type { TruthTable } from '../boxes/labels.ts';
import { findObjects, type FoundCondition } from '../evaluate/risk.ts';
import { forwarder } from '../evaluate/score-run.ts';
import { matchCondition } from '../evaluate/score.ts';
import type { Comparison } from './comparison.ts';
import { compareClasses } from './classes.ts';
import {
  type ConditionColumns,
  type ConditionPair,
  type Groups,
  mapColumns,
  type Pair,
  riskColumns,
  type RiskColumns,
} from './condition-columns.ts';
import { failureExamples } from './failures.ts';
import { compareNodes } from './compare-nodes.ts';
import { suiteNodes } from './nodes.ts';
import type { GatePolicy } from './policy.ts';
import { compareRisk } from './risk-nodes.ts';

/** Bootstrap replicates of the joint test: Monte-Carlo error of alpha ± 0.35 points. */
const REPLICATES = 4000;

/** Classes seen in fewer groups leave the gated mAP; in fewer than `FEW_GROUPS` they get a note. */
const LEAST_CLASS_GROUPS = 2;
const FEW_GROUPS = 5;

/**
 * Compares two runs of the same images, labels, conditions and seed, image by image. Tables are read one
 * condition at a time.
 *
 * @param policy Margins and alpha.
 * @param replicates Bootstrap replicates.
 */
export async function compareRuns(
  baseline: Run,
  candidate: Run,
  policy: GatePolicy,
  replicates: number = REPLICATES,
): Promise<Comparison> {
  const { manifest } = candidate;
  const groups = groupsOf(manifest);
  const cleanTruth = await candidate.truth(0);
  const groupsOfClass = countGroups(cleanTruth, groups, manifest.dataset.classes.length);
  const gated = gatedClasses(cleanTruth, groups, manifest.dataset.classes.length);
  const pairs = await conditionPairs({ baseline, candidate }, gated, groups);
  const nodes = suiteNodes(manifest.suite.conditions);
  const { seed } = manifest.suite;
  const { results, test } = compareNodes(nodes, pairs, policy, groups.count, replicates, seed);
  return {
    metric: policy.metric,
    images: manifest.images.length,
    groups: groups.count,
    nodes: results,
    risk: compareRisk(nodes, pairs, groups.count),
    classes: compareClasses(nodes, pairs, cleanTruth, groupsOfClass, manifest.dataset.classes),
    failures: failureExamples(results, pairs, cleanTruth, groups, manifest),
    test,
    identical: sameDetections(baseline.manifest, manifest),
    notes: compareNotes(baseline.manifest, manifest, groupsOfClass),
  };
}

/** The groups of a run's images, numbered. */
export function groupsOf({ images }: RunManifest): Groups {
  const numbers = new Map<string, number>();
  const of = Int32Array.from(images, ({ group }) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
  return { count: numbers.size, of };
}

/** Whether each class counts in the gated mAP: one that too few groups have leaves it, for both models. */
export function gatedClasses(truth: TruthTable, groups: Groups, classCount: number): boolean[] {
  return countGroups(truth, groups, classCount).map((count) => count >= LEAST_CLASS_GROUPS);
}

/** In how many groups each class has an object that counts. */
function countGroups(truth: TruthTable, groups: Groups, classCount: number): number[] {
  const seen = Array.from({ length: classCount }, () => new Set<number>());
  groups.of.forEach((group, image) => {
    for (let row = truth.offsets[image]!; row < truth.offsets[image + 1]!; row++) {
      if (!truth.ignored[row] && !truth.crowd[row]) seen[truth.classes[row]!]!.add(group);
    }
  });
  return seen.map((set) => set.size);
}

async function conditionPairs(
  runs: Pair<Run>,
  gated: readonly boolean[],
  groups: Groups,
): Promise<ConditionPair[]> {
  const { manifest } = runs.candidate;
  const load = async (run: Run, index: number): Promise<FoundCondition> => {
    const [truth, detections] = [await run.truth(index), await run.detections(index)];
    const matched = matchCondition(truth, detections, gated.length);
    return findObjects(matched, run.manifest.confidence.value);
  };
  const both = async (index: number): Promise<Pair<FoundCondition>> => ({
    baseline: await load(runs.baseline, index),
    candidate: await load(runs.candidate, index),
  });
  const clean = await both(0);
  const pairs: ConditionPair[] = [];
  for (const [index, condition] of manifest.suite.conditions.entries()) {
    const changed = index === 0 ? clean : await both(index);
    const forward = forwarder(manifest, condition);
    const map = (side: keyof Pair<Run>): ConditionColumns =>
      mapColumns(changed[side], gated, groups);
    const risk = (side: keyof Pair<Run>): RiskColumns =>
      riskColumns(clean[side], changed[side], forward, groups);
    const pair =
      condition.kind === 'clean'
        ? null
        : { baseline: risk('baseline'), candidate: risk('candidate') };
    pairs.push({
      map: { baseline: map('baseline'), candidate: map('candidate') },
      risk: pair,
      newlyLost: (pair?.candidate.counts.lostObjects ?? []).filter(
        (row) => changed.baseline.findings.found[row] === 1,
      ),
    });
  }
  return pairs;
}

function sameDetections(baseline: RunManifest, candidate: RunManifest): boolean {
  return baseline.files.detections === candidate.files.detections;
}

function compareNotes(
  baseline: RunManifest,
  candidate: RunManifest,
  groupsOfClass: readonly number[],
): string[] {
  const names = (wanted: (count: number) => boolean): string =>
    candidate.dataset.classes.filter((_, i) => wanted(groupsOfClass[i]!)).join(', ');
  const left = names((count) => count > 0 && count < LEAST_CLASS_GROUPS);
  const few = names((count) => count >= LEAST_CLASS_GROUPS && count < FEW_GROUPS);
  const [before, now] = [baseline.engine, candidate.engine];
  return [
    ...(left
      ? [`Too rare to be judged (objects in one group only), left out of the gated mAP: ${left}.`]
      : []),
    ...(few
      ? [`Rare (objects in fewer than ${FEW_GROUPS} groups), so their AP is uncertain: ${few}.`]
      : []),
    ...(findsNothing(candidate)
      ? [
          'The candidate finds nothing at its operating confidence: its risk score of 0 says nothing.',
        ]
      : []),
    ...(before.processor === now.processor && before.version === now.version
      ? []
      : [
          `Baseline and candidate were made on different machines (${before.processor}, ${before.name} ${before.version}; ${now.processor}, ${now.name} ${now.version}): scores may differ in the seventh digit.`,
        ]),
  ];
}

/** Nothing found on clean images and nothing false on changed ones: a risk score has nothing to count. */
function findsNothing({ metrics }: RunManifest): boolean {
  const risks = metrics.flatMap(({ risk }) => (risk ? [risk] : []));
  return risks.length > 0 && risks.every(({ found, spurious }) => found + spurious === 0);
}
