import { metrics } from '../../compare/metric.ts';
import { advise } from '../advice.ts';
import type { Section } from '../budget.ts';
import { fit } from '../budget.ts';
import { link, prose } from '../escape.ts';
import { effectsLead } from '../effects.ts';
import { count, points } from '../format.ts';
import { informationText } from '../information-markdown.ts';
import {
  baselineLine,
  classTable,
  details,
  effectItem,
  failureItem,
  nodeTable,
  regressedItem,
  settings,
} from '../markdown.ts';
import { referenceText } from '../reference.ts';
import type { Report } from '../report.ts';
import { riskAlone, shownNodes } from '../single.ts';
import {
  allNotes,
  byClassDrop,
  headline,
  howToBeSurer,
  howToMakeABaseline,
  metricOf,
  nodeOf,
  nothingHappened,
  otherMetric,
  policyLines,
  regressedDetails,
  resolution,
  riskText,
} from '../words.ts';

/** GitHub takes 65,536 characters; the marker and a margin are left free. */
const MAX_CHARACTERS = 59_000;
const MAX_REGRESSED = 5;
const MAX_FAILURES = 4;
const MAX_CLASSES = 12;
const MAX_NOTES = 6;

/** The pull request comment: GitHub-flavoured Markdown, under 60,000 characters, without the marker line. */
export function renderComment(report: Report): string {
  return keepTogether(nothingHappened(report) ? quietComment(report) : fullComment(report));
}

/** A number stays on the line of its ±, on a phone too. */
function keepTogether(text: string): string {
  return text.replaceAll(' ± ', '\u00a0±\u00a0');
}

function fullComment(report: Report): string {
  const where = report.links.report === null ? 'the job summary' : 'the report';
  return fit(
    commentSections(report),
    MAX_CHARACTERS,
    (text) => text.length,
    `_Shortened to fit: the rest is in ${where}._`,
  );
}

/** Three lines: nothing happened. */
function quietComment(report: Report): string {
  const notes = allNotes(report).length;
  const parts = [
    riskLine(report),
    numbersLine(report),
    `${scopeText(report)}${againstText(report)}`,
    notes > 0 ? count(notes, 'note') : null,
    report.links.report === null ? null : link('report', report.links.report),
  ].filter((part) => part !== null);
  return `${verdictLine(report)}\n${prose(report.verdict.sentence)}\n${parts.join(' · ')}\n`;
}

/** The parts of the comment, most of which the job summary shares. */
export function commentSections(report: Report): Section[] {
  const { verdict, comparison, candidate, links } = report;
  const main = shownNodes(candidate, comparison?.nodes ?? null).filter(
    ({ level }) => level !== 'perturbation' && level !== 'condition',
  );
  const sections: (Section | null)[] = [
    { keep: 10, text: `${verdictLine(report)}\n${prose(verdict.sentence)}` },
    optional(8, notesText(report)),
    optional(9, [riskLine(report), numbersLine(report)].filter((t) => t !== null).join(' · ')),
    optional(
      9,
      policyLines(report)
        .map((line) => `- ${prose(line)}`)
        .join('\n'),
    ),
    comparison?.identical ? null : { keep: 7, text: nodeTable(main, metricOf(report)) },
    optional(9, adviceText(report)),
    optional(6, regressedText(report)),
    optional(8, nextText(report)),
    optional(6, referenceText(report)),
    optional(4, failuresText(report)),
    optional(7, resolution(report)),
    optional(
      8,
      [baselineLine(report), reportLink(links.report)].filter((t) => t !== null).join(' '),
    ),
    comparison && !comparison.identical ? { keep: 3, text: classesText(report) } : null,
    optional(3, informationText(report)),
    optional(5, effectsText(report)),
    {
      keep: 2,
      text: details(comparison ? 'How sure, and with which settings' : 'Settings', howSure(report)),
    },
  ];
  return sections.filter((section) => section !== null);
}

function optional(keep: number, text: string | null): Section | null {
  return text === null || text === '' ? null : { keep, text };
}

function verdictLine(report: Report): string {
  const { name } = report;
  const { emoji, word } = headline(report);
  const gate = name === 'default' ? '' : ` · ${prose(name)}`;
  return `### ${emoji} ${word}${gate}`;
}

function riskLine(report: Report): string | null {
  const text = riskText(report);
  if (text !== null) return `**Risk ${text}**, lower is better`;
  const risk = riskAlone(report.candidate);
  return risk === null ? null : `**Risk ${points(risk)}** of 100, lower is better`;
}

function numbersLine({ comparison }: Report): string | null {
  if (!comparison) return null;
  const clean = nodeOf(comparison.nodes, 'clean');
  const overall = nodeOf(comparison.nodes, 'overall');
  const parts = [
    clean
      ? `clean${otherMetric(clean, comparison.metric)} ${points(clean.baseline)} → ${points(clean.candidate)}`
      : null,
    overall ? `perturbed ${points(overall.baseline)} → ${points(overall.candidate)}` : null,
  ].filter((part) => part !== null);
  return `${metrics[comparison.metric].title} ${parts.join(', ')}`;
}

function againstText({ source }: Report): string {
  return source ? `, against ${link(prose(source.description), source.url)}` : '';
}

function scopeText({ candidate }: Report): string {
  return `${count(candidate.images.length, 'image')} × ${count(candidate.suite.conditions.length, 'condition')}`;
}

function notesText(report: Report): string | null {
  const notes = allNotes(report);
  if (notes.length === 0) return null;
  const more = notes.length > MAX_NOTES ? [`> … and ${notes.length - MAX_NOTES} more`] : [];
  return ['> [!NOTE]', ...notes.slice(0, MAX_NOTES).map((note) => `> ${prose(note)}\\`), ...more]
    .join('\n')
    .replace(/\\$/, '');
}

/** What is to be done where nothing could be judged. */
function adviceText({ verdict }: Report): string | null {
  const reasons = verdict.reasons
    .slice(0, MAX_REGRESSED)
    .map(({ message }) => `- ${prose(message)}`);
  if (verdict.status === 'no-baseline' && reasons.length > 0)
    return [...reasons, '', howToMakeABaseline].join('\n').trim();
  if (verdict.status === 'inconclusive') return [...reasons, '', howToBeSurer].join('\n').trim();
  return verdict.status === 'regressed' || reasons.length === 0 ? null : reasons.join('\n');
}

function regressedText({ comparison, verdict }: Report): string | null {
  const nodes = regressedDetails(comparison?.nodes ?? []);
  if (verdict.status !== 'regressed' || nodes.length === 0) return null;
  const more = nodes.length - MAX_REGRESSED;
  return [
    '**Where it fell most**',
    '',
    ...nodes.slice(0, MAX_REGRESSED).map(regressedItem),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n');
}

/** The family to work on, and the augmentation that corresponds to what made it fall. */
function nextText(report: Report): string | null {
  const advice = report.verdict.status === 'regressed' ? advise(report) : null;
  return advice === null ? null : `**What to do next**: ${prose(advice.sentence)}`;
}

function failuresText({ comparison, links }: Report): string | null {
  const failures = comparison?.failures ?? [];
  if (failures.length === 0) return null;
  const items = onePerCondition(failures).slice(0, MAX_FAILURES).map(failureItem);
  return [
    `**Found by the baseline, lost by the candidate** (${link('pictures in the report', links.report)})`,
    '',
    ...items,
  ].join('\n');
}

/** The first example of each condition before the second of any. */
function onePerCondition<Example extends { readonly condition: string }>(
  examples: readonly Example[],
): Example[] {
  const seen = new Map<string, number>();
  const turn = examples.map(({ condition }) => {
    const n = seen.get(condition) ?? 0;
    seen.set(condition, n + 1);
    return n;
  });
  return examples
    .map((example, i) => ({ example, i, turn: turn[i] ?? 0 }))
    .sort((a, b) => a.turn - b.turn || a.i - b.i)
    .map(({ example }) => example);
}

function reportLink(url: string | null): string | null {
  return url === null
    ? null
    : `**${link('Open the report', url)}** for curves, pictures and all numbers.`;
}

function effectsText({ effects }: Report): string | null {
  if (effects.length === 0) return null;
  const helping = effects.filter(({ effect }) => effect === 'better').length;
  const summary = `Trained with ${count(effects.length, 'augmentation')}: ${helping} visibly helped`;
  return details(summary, [effectsLead, '', ...effects.map(effectItem)].join('\n'));
}

function classesText({ comparison }: Report): string {
  const classes = byClassDrop(comparison?.classes ?? []);
  const rest = classes.length - MAX_CLASSES;
  const judged = comparison?.nodes.some(
    ({ level }) => level === 'class' || level === 'class-clean',
  );
  const shown = classTable(classes.slice(0, MAX_CLASSES));
  const more = rest > 0 ? `\n\nand ${rest} more, each with a smaller drop` : '';
  return details(
    `Classes (${classes.length})`,
    `${shown}${more}\n\n± is 1.96 standard errors, each class by itself. ${judged ? 'Classes are judged where `maxDrop.classes` names them.' : 'Single classes are not judged.'}`,
  );
}

function howSure(report: Report): string {
  return settings(report).join('\n');
}
