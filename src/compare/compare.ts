import { commonPart } from '../baseline/common.ts';
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
import { compareNotes, LEAST_CLASS_GROUPS } from './notes.ts';
import { failureExamples } from './failures.ts';
import { compareNodes } from './compare-nodes.ts';
import { suiteNodes } from './nodes.ts';
import type { GatePolicy } from './policy.ts';
import { restrictRuns } from './restrict.ts';
import { compareRisk } from './risk-nodes.ts';

/** Bootstrap replicates of the joint test: Monte-Carlo error of alpha ± 0.35 points. */
const REPLICATES = 4000;

/**
 * Compares two runs of one seed, image by image, on the images, labels and conditions that both have: AP and
 * risk of both are counted on that part alone. Tables are read one condition at a time.
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
  const common = commonPart(baseline.manifest, candidate.manifest);
  const runs = restrictRuns({ baseline, candidate }, common);
  const { manifest } = runs.candidate;
  const groups = groupsOf(manifest);
  const cleanTruth = await runs.candidate.truth(0);
  const groupsOfClass = countGroups(cleanTruth, groups, manifest.dataset.classes.length);
  const gated = groupsOfClass.map((count) => count >= LEAST_CLASS_GROUPS);
  const pairs = await conditionPairs(runs, gated, groups);
  const nodes = suiteNodes(manifest.suite.conditions);
  const { seed } = manifest.suite;
  const names = manifest.dataset.classes;
  const classes = compareClasses(nodes, pairs, cleanTruth, groupsOfClass, names);
  const { results, test } = compareNodes(nodes, pairs, policy, groups.count, replicates, seed);
  return {
    metric: policy.metric,
    images: manifest.images.length,
    groups: groups.count,
    nodes: results,
    risk: compareRisk(nodes, pairs, groups.count),
    classes,
    failures: failureExamples(results, pairs, cleanTruth, groups, manifest).map((example) => ({
      ...example,
      image: common.images[example.image]!.candidate,
    })),
    test,
    identical: sameDetections(baseline.manifest, manifest),
    leftOut: common.leftOut,
    notes: compareNotes(baseline.manifest, candidate.manifest, classes),
  };
}

function groupsOf({ images }: RunManifest): Groups {
  const numbers = new Map<string, number>();
  const of = Int32Array.from(images, ({ group }) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
  return { count: numbers.size, of };
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
