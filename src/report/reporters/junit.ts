import type { NodeComparison } from '../../compare/comparison.ts';
import { type LimitComparison } from '../../compare/limits.ts';
import { metrics } from '../../compare/metric.ts';
import { limitText } from '../../judge/limits.ts';
import { nodeTitle } from '../../judge/titles.ts';
import { xml } from '../escape.ts';
import { points, pValue } from '../format.ts';
import type { Report } from '../report.ts';
import { dropText, nodeState } from '../words.ts';

/** How a test case ended; `error` is what could not be judged to the end. */
type Outcome =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failure' | 'error' | 'skipped';
      readonly message: string;
      readonly text: string;
    };

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly outcome: Outcome;
}

const suites = [
  { level: 'clean', title: 'clean' },
  { level: 'overall', title: 'overall' },
  { level: 'family', title: 'families' },
  { level: 'perturbation', title: 'perturbations' },
  { level: 'condition', title: 'conditions' },
  { level: 'class-clean', title: 'classes' },
  { level: 'class', title: 'classes' },
] as const;

/**
 * JUnit XML for other CI systems: a test case for the verdict, one for each limit and one for each quantity that is
 * compared. What regressed is a failure; what was waived or not judged is skipped; `incomplete` is an error.
 */
export function renderJunit(report: Report): string {
  const cases = [
    { suite: 'verdict', name: 'verdict', outcome: verdictOutcome(report) },
    ...report.limits.map(limitCase),
    ...suites.flatMap(({ level, title }) =>
      (report.comparison?.nodes ?? [])
        .filter((node) => node.level === level)
        .map((node): Case => ({ suite: title, name: nodeTitle(node), outcome: nodeOutcome(node) })),
    ),
  ];
  const gate = report.name === 'default' ? 'robustness' : `robustness ${report.name}`;
  const names = [...new Set(cases.map(({ suite }) => suite))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(gate)}" ${counts(cases)}>`,
    ...names.flatMap((name) => {
      const own = cases.filter(({ suite }) => suite === name);
      return [
        `  <testsuite name="${xml(`${gate}: ${name}`)}" ${counts(own)}>`,
        ...own.map((entry) => `    ${caseText(entry, gate)}`),
        '  </testsuite>',
      ];
    }),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(cases: readonly Case[]): string {
  const of = (kind: Outcome['kind']): number =>
    cases.filter(({ outcome }) => outcome.kind === kind).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function caseText({ suite, name, outcome }: Case, gate: string): string {
  const open = `<testcase classname="${xml(`${gate}.${suite}`)}" name="${xml(name)}"`;
  if (outcome.kind === 'passed') return `${open}/>`;
  const { kind, message, text } = outcome;
  return `${open}><${kind} message="${xml(message)}">${xml(text)}</${kind}></testcase>`;
}

function verdictOutcome({ verdict }: Report): Outcome {
  const { status, sentence, failed, reasons } = verdict;
  if (status === 'pass' && !failed) return { kind: 'passed' };
  const text = reasons.map(({ message }) => message).join(' ');
  const kind = status === 'incomplete' ? 'error' : failed ? 'failure' : 'skipped';
  return { kind, message: sentence, text };
}

function limitCase(limit: LimitComparison): Case {
  const text = limitText(limit);
  const outcome: Outcome =
    limit.beyond === 'no'
      ? { kind: 'passed' }
      : limit.beyond === 'surely'
        ? { kind: 'failure', message: text, text: '' }
        : { kind: 'skipped', message: `beyond, but not surely: ${text}`, text: '' };
  return { suite: 'limits', name: `${metrics[limit.metric].title} ${limit.level}`, outcome };
}

function nodeOutcome(node: NodeComparison): Outcome {
  const state = nodeState(node);
  const values = `${metrics[node.metric].title} ${points(node.baseline)} → ${points(node.candidate)}`;
  const text = `${values}, a drop of ${dropText(node)} points, ${points(node.maxDrop)} allowed (${pValue(node.adjustedP)})`;
  if (state === 'regressed') return { kind: 'failure', message: text, text: '' };
  if (state === 'waived') {
    return { kind: 'skipped', message: `waived: ${node.waiver?.reason ?? ''}`, text };
  }
  if (state === 'not judged') {
    return { kind: 'skipped', message: 'not judged: the baseline finds next to nothing', text };
  }
  return { kind: 'passed' };
}
