import { lackSentence } from '../baseline/left-out.ts';
import type { Comparison, NodeComparison } from '../compare/comparison.ts';
import { metrics } from '../compare/metric.ts';
import { halfWidth, points } from '../compare/points.ts';
import { type GatePolicy, LEAST_GROUPS } from '../compare/policy.ts';
import type { LimitComparison } from '../compare/limits.ts';
import { withLimits } from './limits.ts';
import { isWaived, waiverReasons } from './waivers.ts';
import { nodeTitle } from './titles.ts';
import type { Reason, Verdict } from './verdict.ts';

/** With fewer independent groups the reader is warned. */
const ENOUGH_GROUPS = 80;

/**
 * The verdict of a comparison. Pure and total. What the candidate's run took away of the baseline's data is said
 * before all else.
 *
 * `regressed`: some node fell significantly more than its `maxDrop`, all nodes together at alpha. `pass`: not
 * so, and drops over `ruleOut` are ruled out for clean images and every family that can be tested. Else
 * `inconclusive`. What is waived does not fail and is said; a limit that is surely broken regresses.
 *
 * @param limits Of the candidate, as measured.
 * @see STATISTICS.md 3.
 */
export function judge(
  comparison: Comparison,
  policy: GatePolicy,
  limits: readonly LimitComparison[] = [],
): Verdict {
  const drops = judgeDrops(comparison, policy);
  const reasons = [...drops.reasons, ...waiverReasons(comparison.nodes, policy.waivers)];
  const judged = withLimits({ ...drops, reasons }, limits, policy.onInconclusive === 'fail');
  const lack = comparison.leftOut === null ? null : lackSentence(comparison.leftOut);
  return lack === null ? judged : { ...judged, sentence: `${lack} ${judged.sentence}` };
}

function judgeDrops(comparison: Comparison, policy: GatePolicy): Verdict {
  const { groups, identical } = comparison;
  if (identical) {
    return verdict(
      'pass',
      'Nothing changed: the candidate’s detections are the baseline’s.',
      [],
      false,
    );
  }
  const fail = policy.onInconclusive === 'fail';
  if (groups < LEAST_GROUPS) {
    return verdict(
      'inconclusive',
      `Not judged safe: ${groups} independent image groups are too few to judge by; at least ${LEAST_GROUPS} are needed.`,
      [{ code: 'too-few-groups', message: tooFew(groups) }],
      fail,
    );
  }
  const warnings = [...fewGroups(groups), ...untestable(comparison)];
  const regressed = comparison.nodes.filter((node) => node.regressed && node.waiver === null);
  if (regressed.length > 0) {
    const reasons = byWeight(regressed).map(dropReason);
    return verdict('regressed', regressedSentence(regressed), [...reasons, ...warnings], true);
  }
  const judged = claimed(comparison).filter(({ untested }) => untested !== 'baseline-too-low');
  if (judged.length === 0) {
    return verdict(
      'inconclusive',
      'Not judged safe: the baseline finds next to nothing, so there is nothing that could get worse.',
      warnings,
      fail,
    );
  }
  const open = judged.filter((node) => !isWaived(node) && !(node.ruledOut <= policy.ruleOut));
  if (open.length > 0) {
    const reasons = open.map((node) => openReason(node, policy.ruleOut));
    return verdict(
      'inconclusive',
      inconclusiveSentence(open, policy),
      [...reasons, ...warnings],
      fail,
    );
  }
  return verdict('pass', passSentence(comparison, policy), warnings, false);
}

/**
 * The verdict where there is nothing to compare with.
 *
 * @param reasons  Why there is no baseline, one sentence each.
 * @param failing  Whether the check is to fail without one.
 * @param limits   Of the candidate, as measured: they need no baseline.
 */
export function judgeAlone(
  reasons: readonly string[],
  failing: boolean,
  limits: readonly LimitComparison[] = [],
): Verdict {
  const alone = verdict(
    'no-baseline',
    'Nothing to compare with: no usable baseline was found.',
    reasons.map((message) => ({ code: 'no-baseline', message })),
    failing,
  );
  return withLimits(alone, limits, failing);
}

function verdict(
  status: Verdict['status'],
  sentence: string,
  reasons: readonly Reason[],
  failed: boolean,
): Verdict {
  return { status, sentence, reasons, failed };
}

const LEVEL_ORDER = {
  clean: 0,
  overall: 1,
  family: 2,
  perturbation: 3,
  condition: 4,
  'class-clean': 5,
  class: 6,
} as const;

/** Families before their perturbations and conditions; the larger drop first. */
function byWeight(nodes: readonly NodeComparison[]): NodeComparison[] {
  return [...nodes].sort((a, b) => LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level] || b.drop - a.drop);
}

function regressedSentence(regressed: readonly NodeComparison[]): string {
  const families = byWeight(regressed.filter(({ level }) => level === 'family'));
  const [first] = families.length > 0 ? families : byWeight(regressed);
  if (!first) return 'Robustness regressed.';
  const clean = regressed.filter((node) => node.level === 'clean' && node !== first);
  const others = [...clean, ...families.slice(1)].map(
    (node) => `${nodeTitle(node)} by ${points(node.drop)}`,
  );
  const also = others.length > 0 ? `; ${others.join(', ')} too` : '';
  return `Robustness regressed: ${theMetric(first)} ${where(first)} ${metrics[first.metric].fell} by ${points(first.drop)} ± ${points(halfWidth(first))} points, more than the ${points(first.maxDrop)} allowed${also}.`;
}

function theMetric({ level, metric }: NodeComparison): string {
  if (level === 'class' || level === 'class-clean') return metric === 'ap50' ? 'AP50' : 'AP';
  return metric === 'risk' ? 'the risk score' : metrics[metric].title;
}

function where(node: NodeComparison): string {
  const prepositions = {
    clean: 'on',
    overall: 'over',
    family: 'under',
    perturbation: 'under',
    condition: 'under',
    'class-clean': 'of',
    class: 'of',
  };
  return `${prepositions[node.level]} ${nodeTitle(node)}`;
}

function dropReason(node: NodeComparison): Reason {
  return {
    code: 'drop',
    message: `${nodeTitle(node)}: ${metrics[node.metric].title} ${points(node.baseline)} → ${points(node.candidate)}, a drop of ${points(node.drop)} ± ${points(halfWidth(node))} points where ${points(node.maxDrop)} is allowed (family-wise p ${pValue(node.adjustedP)}).`,
  };
}

function pValue(p: number | null): string {
  if (p === null) return '–';
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}

function openReason(node: NodeComparison, ruleOut: number): Reason {
  return {
    code: 'not-ruled-out',
    message: `${nodeTitle(node)}: a drop of up to ${points(node.ruledOut)} points is possible, more than the ${points(ruleOut)} that must be ruled out.`,
  };
}

function inconclusiveSentence(open: readonly NodeComparison[], policy: GatePolicy): string {
  const names = open.map(nodeTitle).join(', ');
  return `Not judged safe: no regression was found, but with these images a drop over ${points(policy.ruleOut)} points cannot be ruled out for ${names}.`;
}

function passSentence(comparison: Comparison, policy: GatePolicy): string {
  const low = untestable(comparison).length > 0;
  const waived = comparison.nodes.some(isWaived);
  const scope = low
    ? 'all that can be judged of clean images and the families'
    : waived
      ? 'the rest of clean images and the families'
      : 'clean images and every family';
  const found = waived ? 'No regression but what is waived' : 'No regression found';
  const better = comparison.nodes.filter(
    ({ level, change }) => level === 'family' && change === 'better',
  );
  const gains =
    better.length > 0
      ? ` Better: ${better.map((node) => `${nodeTitle(node)} by ${points(-node.drop)}`).join(', ')}.`
      : '';
  const worse = comparison.nodes.filter(
    ({ level, change }) => (level === 'clean' || level === 'family') && change === 'worse',
  );
  const losses =
    worse.length > 0
      ? ` Worse, but not surely by more than is allowed: ${worse.map((node) => `${nodeTitle(node)} by ${points(node.drop)}`).join(', ')}.`
      : '';
  return `${found}: drops over ${points(policy.ruleOut)} points are ruled out for ${scope}.${losses}${gains}`;
}

function tooFew(groups: number): string {
  return `${groups} independent groups of images; a verdict needs ${LEAST_GROUPS}, better ${ENOUGH_GROUPS} or more.`;
}

function fewGroups(groups: number): Reason[] {
  return groups < ENOUGH_GROUPS ? [{ code: 'few-groups', message: tooFew(groups) }] : [];
}

/** The nodes that a pass speaks of. */
function claimed({ nodes }: Comparison): NodeComparison[] {
  return nodes.filter(({ level }) => level === 'clean' || level === 'family');
}

function untestable(comparison: Comparison): Reason[] {
  const low = claimed(comparison).filter(({ untested }) => untested === 'baseline-too-low');
  if (low.length === 0) return [];
  const names = low
    .map((node) => `${nodeTitle(node)} (baseline ${points(node.baseline)} points)`)
    .join(', ');
  return [
    {
      code: 'untestable',
      message: `Not judged, because the baseline itself has too little there that could be lost: ${names}.`,
    },
  ];
}
