import type { ClassComparison, NodeComparison, RiskScore } from '../compare/comparison.ts';
import { leftOutSentences, scopeSentence } from '../baseline/left-out.ts';
import type { BaselineSource } from '../baseline/lookup.ts';
import { type Metric, metrics } from '../compare/metric.ts';
import { limitText } from '../judge/limits.ts';
import { isWaived } from '../judge/waivers.ts';
import type { Status } from '../judge/verdict.ts';
import { halfWidth } from '../compare/points.ts';
import { LEAST_GROUPS } from '../compare/policy.ts';
import { count, listed, plusMinus, points, share, short } from './format.ts';
import { riskPair, riskRise } from './information.ts';
import type { Report } from './report.ts';

/** The metric of a report's numbers: the gated one, and mAP where one model stands alone. */
export function metricOf({ comparison }: Pick<Report, 'comparison'>): Metric {
  return comparison?.metric ?? 'map';
}

/** ` (mAP)` behind the title of a node whose metric is not the table's. */
export function otherMetric(node: Pick<NodeComparison, 'metric'> | null, metric: Metric): string {
  return node && node.metric !== metric ? ` (${metrics[node.metric].title})` : '';
}

/** How a verdict is marked: a shape, a word and, in Markdown, an emoji; never colour alone. */
export const statusMarks = {
  pass: { emoji: '✅', shape: '✓', word: 'Pass' },
  regressed: { emoji: '❌', shape: '✕', word: 'Regressed' },
  inconclusive: { emoji: '⚠️', shape: '?', word: 'Not judged safe (inconclusive)' },
  'no-baseline': { emoji: 'ℹ️', shape: '○', word: 'No baseline' },
  incomplete: { emoji: '⏱️', shape: '…', word: 'Incomplete: not judged' },
} as const satisfies Record<Status, { emoji: string; shape: string; word: string }>;

/** What stands first: the verdict's mark and word, or that one model is shown alone. */
export function headline({ verdict, baseline }: Pick<Report, 'verdict' | 'baseline'>): {
  readonly emoji: string;
  readonly shape: string;
  readonly word: string;
} {
  const word = isAlone({ verdict, baseline }) ? { word: 'One model alone' } : {};
  return { ...statusMarks[verdict.status], ...word };
}

/** Whether a model is shown that nobody wanted to hold against another. */
export function isAlone({ verdict, baseline }: Pick<Report, 'verdict' | 'baseline'>): boolean {
  return verdict.status === 'no-baseline' && baseline === null && verdict.reasons.length === 0;
}

export type NodeState =
  | 'regressed'
  | 'waived'
  | 'worse'
  | 'better'
  | 'no visible change'
  | 'identical'
  | 'not judged';

/** What a reader is told of a node. `worse` is visible, but not significantly more than is allowed. */
export function nodeState(node: NodeComparison): NodeState {
  if (isWaived(node)) return 'waived';
  if (node.regressed) return 'regressed';
  if (node.untested === 'baseline-too-low') return 'not judged';
  return node.change;
}

export const stateMarks = {
  regressed: '✕',
  waived: '~',
  worse: '↓',
  better: '↑',
  'no visible change': '·',
  identical: '=',
  'not judged': '–',
} as const satisfies Record<NodeState, string>;

/** `5.4 ± 1.2` of a node. */
export function dropText(node: NodeComparison): string {
  return node.change === 'identical' ? points(node.drop) : plusMinus(node.drop, halfWidth(node));
}

/** The nodes that the first table shows: clean, overall and the families. */
function mainNodes(nodes: readonly NodeComparison[]): NodeComparison[] {
  return nodes.filter(({ level }) => ['clean', 'overall', 'family'].includes(level));
}

/** The node of a level that has one. */
export function nodeOf(
  nodes: readonly NodeComparison[],
  level: 'clean' | 'overall',
): NodeComparison | null {
  return nodes.find((node) => node.level === level) ?? null;
}

/** What regressed in detail, the largest drop first: perturbations, else conditions, else anything. */
export function regressedDetails(nodes: readonly NodeComparison[]): NodeComparison[] {
  const regressed = nodes
    .filter((node) => node.regressed && !isWaived(node))
    .sort((a, b) => b.drop - a.drop);
  for (const level of ['perturbation', 'condition']) {
    const of = regressed.filter((node) => node.level === level);
    if (of.length > 0) return of;
  }
  return regressed;
}

/** Whether there is nothing to tell but that all is well. */
export function nothingHappened({ verdict, comparison, notes, limits, changes }: Report): boolean {
  return (
    verdict.status === 'pass' &&
    verdict.reasons.length === 0 &&
    !comparison?.leftOut &&
    limits.length + changes.length === 0 &&
    notes.length + (comparison?.notes.length ?? 0) < 3 &&
    mainNodes(comparison?.nodes ?? []).every(
      ({ change }) => change === 'no visible change' || change === 'identical',
    )
  );
}

/** `41.2 → 46.9 (+5.7 ± 1.1)` of the risk over all perturbations; null where there is none. */
export function riskText({ comparison }: Report): string | null {
  const risk = comparison?.risk.find(({ level }) => level === 'overall');
  if (!risk) return null;
  return `${riskPair(risk)} (${comparison?.identical ? 'identical' : riskRise(risk)})`;
}

/** What a risk score is made of. */
export function riskParts({ lost, spurious }: RiskScore): string {
  return `${points(lost)} from lost objects, ${points(spurious)} from spurious detections`;
}

/** The smallest drop that these images show, and what they rule out, in one or two sentences. */
export function resolution({ comparison }: Report): string | null {
  if (!comparison || comparison.identical || comparison.groups < LEAST_GROUPS) return null;
  const nodes = comparison.nodes.filter(
    ({ level, untested }) => (level === 'clean' || level === 'family') && untested === null,
  );
  if (nodes.length === 0) return null;
  const smallest = Math.max(...nodes.map(({ detectableDrop }) => detectableDrop));
  const of =
    comparison.groups === comparison.images
      ? count(comparison.images, 'image')
      : `${count(comparison.images, 'image')} (${count(comparison.groups, 'independent group')})`;
  const all = comparison.nodes.every(
    ({ level, untested }) =>
      !(level === 'clean' || level === 'family') || untested !== 'baseline-too-low',
  );
  const quiet = nodes.filter(({ regressed }) => !regressed);
  const ruledOut = Math.max(...quiet.map((node) => node.ruledOut));
  const tail =
    quiet.length > 0
      ? ` Drops over ${points(ruledOut)} points are ruled out for ${names(quiet, all && quiet.length === nodes.length)} (each by itself, at ${share(1 - comparison.test.ruleOutAlpha)}; the ± holds for all rows at once and is wider).`
      : '';
  return `With these ${of} a drop of ${points(smallest)} points or more, on clean images or in any family${all ? '' : ' that is judged'}, is detected about 4 times out of 5.${tail}`;
}

function names(quiet: readonly NodeComparison[], every: boolean): string {
  if (every) return 'clean images and every family';
  return listed(quiet.map(({ level, name }) => (level === 'clean' ? 'clean images' : name)));
}

/** What was left out of the comparison and changed in the gate, then the notes of the report and of the comparison, each once. */
export function allNotes({ changes, notes, comparison }: Report): string[] {
  const leftOut = comparison?.leftOut ?? null;
  const told = leftOut === null ? [] : [...leftOutSentences(leftOut), scopeSentence(leftOut)];
  return [...new Set([...told, ...changes, ...notes, ...(comparison?.notes ?? [])])];
}

/** The report as it would be against the reference alone; null where there is none. */
export function referenceView(report: Report): Report | null {
  const { reference } = report;
  if (reference === null) return null;
  const own = {
    name: report.name,
    notes: [],
    audit: null,
    limits: [],
    changes: [],
    pictures: [],
    noPictures: null,
    reference: null,
  };
  return { ...report, ...reference, ...own };
}

/** Every limit with what was measured, and what is waived where the reasons are not told one by one. */
export function policyLines({ limits, verdict }: Report): string[] {
  const marks = { surely: 'broken', measured: 'beyond, but not surely', no: 'kept' };
  const waived = verdict.reasons.filter(
    ({ code }) => code === 'waived' || code === 'waiver-unused',
  );
  return [
    ...limits.map((limit) => `Limit ${marks[limit.beyond]}: ${limitText(limit)}.`),
    ...(verdict.status === 'regressed' ? waived.map(({ message }) => message) : []),
  ];
}

/** Points that a class lost on perturbed images; null where one side has no value. */
export function classDrop({ perturbed: [baseline, candidate] }: ClassComparison): number | null {
  return baseline === null || candidate === null ? null : baseline - candidate;
}

/** Classes with the largest drop on perturbed images first, in the data set's order among equals. */
export function byClassDrop(classes: readonly ClassComparison[]): ClassComparison[] {
  return classes
    .filter(({ objects }) => objects > 0)
    .sort((a, b) => (classDrop(b) ?? -Infinity) - (classDrop(a) ?? -Infinity) || 0);
}

/** How to make a baseline, for who has none. */
export const howToMakeABaseline =
  'Run the gate once on the default branch (a push, or “Run workflow”): it leaves the baseline there, and the next pull request is compared with it.';

/** What sharpens an inconclusive verdict: standard errors fall with the square root of the number of groups. */
export const howToBeSurer =
  'More independent images make it sharper: four times as many halve the uncertainty.';

/** `a × 2, b` of the classes of lost objects. */
export function tally(classes: readonly string[]): { name: string; times: number }[] {
  return [...new Set(classes)].map((name) => ({
    name,
    times: classes.filter((other) => other === name).length,
  }));
}

/** Where a baseline came from: description, commit and how far back. */
export function sourceText({ description, commit, distance }: BaselineSource): string {
  const of = commit === null ? '' : `, commit ${short(commit)}`;
  const back = distance === null || distance === 0 ? '' : `, ${count(distance, 'commit')} before`;
  return description + of + back;
}
