import { metrics } from '../../compare/metric.ts';
import { nodeTitle } from '../../judge/titles.ts';
import type { Status } from '../../judge/verdict.ts';
import { auditSentences } from '../audit.ts';
import { effectMarks, effectText, effectTitle } from '../effects.ts';
import { terminal } from '../escape.ts';
import { count, points, pValue, share } from '../format.ts';
import { dropRange } from '../information.ts';
import type { Report } from '../report.ts';
import { furtherRisks, sizeLines } from '../information-console.ts';
import { riskAlone, type ShownNode, shownNodes } from '../single.ts';
import { bar, barWidth, type Screen, screenOf, type TextStyle, wrap } from '../terminal.ts';
import {
  allNotes,
  byClassDrop,
  classDrop,
  dropText,
  headline,
  howToBeSurer,
  howToMakeABaseline,
  metricOf,
  type NodeState,
  nodeState,
  otherMetric,
  policyLines,
  referenceView,
  regressedDetails,
  resolution,
  riskText,
  sourceText,
  stateMarks,
  statusMarks,
  tally,
} from '../words.ts';

const MAX_LIST = 5;
/** Columns where none are known: a log. */
const LOG_WIDTH = 100;

const statusStyles = {
  pass: 'green',
  regressed: 'red',
  inconclusive: 'yellow',
  'no-baseline': 'blue',
  incomplete: 'yellow',
} as const satisfies Record<Status, TextStyle>;

/**
 * The verdict and its table for a terminal, without a trailing newline.
 *
 * @param options `color` adds ANSI colours; nothing is said by colour alone. `width` is in columns, 100 unless given.
 */
export function renderConsole(
  report: Report,
  { color, width = LOG_WIDTH }: { color: boolean; width?: number },
): string {
  const screen = screenOf({ color, width });
  const { paint } = screen;
  const { status, sentence } = report.verdict;
  const { shape, word } = headline(report);
  const blocks = [
    [
      paint(statusStyles[status], paint('bold', `${shape} ${word.toUpperCase()}`)),
      ...wrap(sentence, screen),
    ],
    allNotes(report).flatMap((note) => wrap(`note: ${note}`, screen)),
    nodeLines(report, screen),
    riskLines(report),
    policyLines(report).flatMap((line) => wrap(line, screen)),
    adviceLines(report, screen),
    detailLines(report),
    effectLines(report, screen),
    classLines(report),
    sizeLines(report),
    failureLines(report, screen),
    closingLines(report, screen),
    report.audit
      ? ['Audit', ...auditSentences(report.audit).flatMap((line) => wrap(line, screen))]
      : [],
    referenceLines(report, screen),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function nodeLines(report: Report, screen: Screen): string[] {
  const nodes = shownNodes(report.candidate, report.comparison?.nodes ?? null).filter(
    ({ level }) => level !== 'perturbation' && level !== 'condition',
  );
  const { paint } = screen;
  const columns = barWidth(screen);
  const metric = metricOf(report);
  const scale = metrics[metric].scale.replace('×', 'x');
  const longest = Math.max(
    0.1,
    ...nodes.flatMap(({ comparison }) =>
      comparison ? [comparison.interval[1], comparison.maxDrop] : [],
    ),
  );
  const name = ({ level, name: of, comparison }: ShownNode): string => {
    const title = level.startsWith('class') ? nodeTitle({ level, name: of }) : of;
    const text = terminal(title + otherMetric(comparison, metric), 40);
    return (level === 'family' ? `  ${text}` : text).padEnd(12);
  };
  if (!report.comparison) {
    return [
      paint('dim', `${scale.padEnd(12)}  candidate`),
      ...nodes.map((node) => `${name(node)} ${points(node.candidate).padStart(10)}`),
    ];
  }
  const rows = nodes.map((node) => {
    const { comparison } = node;
    if (!comparison) return name(node);
    const state = nodeState(comparison);
    const text = [
      name(node),
      points(node.baseline).padStart(9),
      points(node.candidate).padStart(10),
      dropText(comparison).padStart(12),
      ` ${bar(comparison.drop, comparison.maxDrop, longest, columns)}`,
      `${stateMarks[state]} ${state}`,
    ].join(' ');
    const style = stateStyle(state);
    return style === null ? text : paint(style, text);
  });
  return [
    paint(
      'dim',
      `${scale.padEnd(12)}  baseline  candidate         drop   0 to ${points(longest)} points, ┊ allowed`,
    ),
    ...rows,
  ];
}

function stateStyle(state: NodeState): TextStyle | null {
  if (state === 'regressed') return 'red';
  if (state === 'better') return 'green';
  return state === 'worse' ? 'yellow' : null;
}

function riskLines(report: Report): string[] {
  const compared = riskText(report);
  if (compared !== null)
    return [`Risk score ${compared}, lower is better`, ...furtherRisks(report)];
  const risk = riskAlone(report.candidate);
  return risk === null ? [] : [`Risk score ${points(risk)} of 100, lower is better`];
}

function adviceLines({ verdict }: Report, screen: Screen): string[] {
  const reasons = verdict.reasons
    .slice(0, MAX_LIST)
    .flatMap(({ message }) => wrap(message, screen, '  '));
  if (verdict.status === 'no-baseline' && reasons.length > 0)
    return [...reasons, ...wrap(howToMakeABaseline, screen)];
  if (verdict.status === 'inconclusive') return [...reasons, ...wrap(howToBeSurer, screen)];
  return verdict.status === 'regressed' ? [] : reasons;
}

function detailLines({ comparison, verdict }: Report): string[] {
  const nodes = regressedDetails(comparison?.nodes ?? []);
  if (verdict.status !== 'regressed' || nodes.length === 0) return [];
  const shown = nodes.slice(0, MAX_LIST).map((node) => ({
    name: terminal(node.level === 'overall' ? 'overall' : nodeTitle(node)),
    node,
  }));
  const width = Math.max(...shown.map(({ name }) => name.length));
  const more = nodes.length - shown.length;
  return [
    'Where it fell most',
    ...shown.map(
      ({ name, node }) =>
        `  ${name.padEnd(width)}  ${points(node.baseline).padStart(5)} → ${points(node.candidate).padStart(5)}  drop ${dropText(node).padStart(10)}  ${pValue(node.adjustedP)}`,
    ),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function effectLines({ effects }: Report, screen: Screen): string[] {
  if (effects.length === 0) return [];
  return [
    'Trained with: does it help against its own perturbation?',
    ...effects.flatMap((entry) =>
      wrap(
        `${effectMarks[entry.effect]} ${effectTitle(entry)}: ${entry.effect} (${effectText(entry)})`,
        screen,
        '  ',
      ),
    ),
  ];
}

function classLines({ comparison }: Report): string[] {
  const classes = byClassDrop(comparison?.classes ?? []).slice(0, MAX_LIST);
  if (classes.length === 0 || comparison?.identical) return [];
  const names = classes.map(({ name }) => terminal(name, 24));
  const width = Math.max(...names.map((name) => name.length), 5);
  return [
    `${'class'.padEnd(width + 2)}  clean          perturbed      drop (95 % each)`,
    ...classes.map(({ clean, perturbed, standardError }, i) => {
      const pair = ([a, b]: readonly (number | null)[]): string =>
        `${points(a ?? null).padStart(5)} → ${points(b ?? null).padStart(5)}`;
      const drop = dropRange(classDrop(classes[i]!), standardError).padStart(11);
      return `  ${(names[i] ?? '').padEnd(width)}  ${pair(clean)}  ${pair(perturbed)}  ${drop}`;
    }),
  ];
}

function failureLines({ comparison }: Report, screen: Screen): string[] {
  const failures = (comparison?.failures ?? []).slice(0, MAX_LIST);
  if (failures.length === 0) return [];
  return [
    'Found by the baseline, lost by the candidate',
    ...failures.flatMap(({ imageId, condition, classes }) => {
      const lost = tally(classes)
        .slice(0, 4)
        .map(({ name, times }) => terminal(name, 24) + (times > 1 ? ` x ${times}` : ''));
      return wrap(
        `${terminal(imageId, 60)} ${terminal(condition, 40)}: ${lost.join(', ')}`,
        screen,
        '  ',
      );
    }),
  ];
}

function closingLines(report: Report, screen: Screen): string[] {
  const { comparison, source, candidate } = report;
  const sentence = resolution(report);
  const scope = `${count(candidate.images.length, 'image')} x ${count(candidate.suite.conditions.length, 'condition')}`;
  const tested = comparison
    ? `; ${count(comparison.test.tested, 'comparison')} tested together at ${share(comparison.test.alpha)}`
    : '';
  return [
    ...(sentence === null ? [] : wrap(sentence, screen)),
    ...(source
      ? wrap(`Baseline: ${sourceText(source)}. ${scope}${tested}.`, screen)
      : [`${scope}.`]),
  ];
}

/** The same against the reference, shorter: its sentence is part of the verdict's. */
function referenceLines(report: Report, screen: Screen): string[] {
  const view = referenceView(report);
  if (view === null || report.reference === null) return [];
  const { paint } = screen;
  const { status } = view.verdict;
  const { shape, word } = statusMarks[status];
  const title = `Against ${terminal(report.reference.name, 60)}: ${shape} ${word}`;
  return [
    paint(statusStyles[status], title),
    ...allNotes(view).flatMap((note) => wrap(`note: ${note}`, screen)),
    ...(view.comparison && !view.comparison.identical ? nodeLines(view, screen) : []),
    ...detailLines(view),
    ...(view.source ? wrap(`Reference: ${sourceText(view.source)}.`, screen) : []),
  ];
}
