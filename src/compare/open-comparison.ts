import type { CommonPart } from '../baseline/common.ts';
import type { RunManifest } from '../baseline/manifest.ts';
import type { Run } from '../baseline/run.ts';
import type { TruthTable } from '../boxes/labels.ts';
import type { Condition } from '../perturb/condition.ts';
import { tallyClassDrops } from './class-drops.ts';
import { compareClasses } from './classes.ts';
import { compareNodes } from './compare-nodes.ts';
import type { Comparison, ErrorComparison } from './comparison.ts';
import type { ConditionPair, GatedPair, Groups, JudgedPair, Pair } from './condition-columns.ts';
import { failureExamples, fixExamples } from './failures.ts';
import { collectInformation } from './information.ts';
import type { Node } from './nodes.ts';
import { compareNotes, LEAST_CLASS_GROUPS } from './notes.ts';
import { type GatePolicy, namedClasses } from './policy.ts';
import { redraw, type Weights } from './recount.ts';
import { drawsOf } from './replicates.ts';
import { compareRisk } from './risk-nodes.ts';
import type { Quantities, Side } from './sides.ts';

/** Bootstrap replicates of the joint test: Monte-Carlo error of alpha ± 0.35 points. */
export const REPLICATES = 4000;

/** What of some runs is judged, and by what: the same for all that have images, labels and conditions in common. */
export interface JudgedPart {
  readonly policy: GatePolicy;
  /** The candidate's. */
  readonly manifest: RunManifest;
  readonly truth: TruthTable;
  readonly groups: Groups;
  readonly groupsOfClass: readonly number[];
  readonly quantities: Quantities;
  /** Of the suite. */
  readonly nodes: readonly Node[];
  /** With those of the classes that are judged by themselves. */
  readonly judged: readonly Node[];
}

/** A comparison that takes the conditions one by one, in the order of the suite, the clean one first. */
export interface OpenComparison {
  add(condition: Condition, sides: Pair<Side>): void;
  finish(): Comparison;
}

/**
 * Begins a comparison.
 *
 * @param whole The runs as they are, with what they have in common.
 */
export function openComparison(
  whole: Pair<Run>,
  common: CommonPart,
  part: JudgedPart,
  replicates: number = REPLICATES,
  kind: 'linear' | 'full' = 'linear',
): OpenComparison {
  const { policy, manifest, truth, groups, groupsOfClass, quantities, nodes, judged } = part;
  const { conditions, seed } = manifest.suite;
  const { classes } = manifest.dataset;
  const draws = kind === 'full' ? drawsOf(groups.count, replicates, seed) : null;
  const overall = nodes.find(({ level }) => level === 'overall')?.weights;
  const collector = collectInformation(conditions, nodes, groups);
  const tally = tallyClassDrops(conditions, overall, groups.count, groupsOfClass);
  const pairs: ConditionPair[] = [];
  const errors: ErrorComparison[] = [];
  let clean: Pair<Side> | null = null;
  return {
    add(condition, sides) {
      clean ??= sides;
      const { baseline, candidate } = sides;
      collector.add(clean, sides);
      tally.add(
        condition,
        { baseline: baseline.map, candidate: candidate.map },
        { baseline: baseline.influence, candidate: candidate.influence },
      );
      errors.push({
        condition: condition.id,
        baseline: baseline.errors,
        candidate: candidate.errors,
      });
      pairs.push(pairSides(sides, quantities, groups, draws));
    },
    finish() {
      const ofClasses = compareClasses(
        nodes,
        pairs,
        truth,
        groupsOfClass,
        tally.standardErrors(),
        classes,
      );
      const { results, test } = compareNodes(judged, pairs, policy, groups.count, replicates, seed);
      const sources = { nodes: judged, results, pairs, truth, groups, manifest };
      const ranked = <T extends { readonly image: number }>(examples: readonly T[]): T[] =>
        examples.map((example) => ({
          ...example,
          image: common.images[example.image]!.candidate,
        }));
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
        information: collector.finish(),
        test,
        identical: sameDetections(whole.baseline.manifest, whole.candidate.manifest),
        leftOut: common.leftOut,
        notes: [
          ...compareNotes(whole.baseline.manifest, manifest, ofClasses),
          ...namedButRare(policy, classes, quantities.gated),
        ],
      };
    },
  };
}

/**
 * What is judged of two models under one condition.
 *
 * @param draws The replicates in which everything is counted anew; null for none.
 */
function pairSides(
  { baseline, candidate }: Pair<Side>,
  quantities: Quantities,
  groups: Groups,
  draws: readonly Weights[] | null,
): ConditionPair {
  const risk = baseline.risk &&
    candidate.risk && { baseline: baseline.risk, candidate: candidate.risk };
  const found = { baseline: baseline.found, candidate: candidate.found };
  return {
    map: { baseline: baseline.map, candidate: candidate.map },
    ...judgedPair({ baseline, candidate }, quantities),
    risk,
    newlyLost: (risk?.candidate.counts.lostObjects ?? []).filter(
      (row) => found.baseline.findings.found[row] === 1,
    ),
    newlyFixed: (risk?.baseline.counts.lostObjects ?? []).filter(
      (row) => found.candidate.findings.found[row] === 1,
    ),
    redrawn: draws && redraw(found, risk, quantities, groups, draws),
  };
}

/** The columns that the joint test is of. */
export function judgedPair(
  { baseline, candidate }: Pair<Pick<Side, 'gated' | 'classes'>>,
  { metric, classes }: Quantities,
): JudgedPair {
  return {
    gated: { metric: candidate.gated.metric, baseline: baseline.gated, candidate: candidate.gated },
    classes: new Map(
      classes.map((wanted): [number, GatedPair] => [
        wanted,
        {
          metric,
          baseline: baseline.classes.get(wanted)!,
          candidate: candidate.classes.get(wanted)!,
        },
      ]),
    ),
  };
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
