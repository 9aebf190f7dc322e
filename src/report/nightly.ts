import { whatChanged } from './causes.ts';
import { link, prose } from './escape.ts';
import type { Report } from './report.ts';
import { renderComment } from './reporters/comment.ts';
import { statusMarks } from './words.ts';

/** Nights that the issue lists. */
const MAX_NIGHTS = 30;
const ROW = /^\| \d{4}-\d\d-\d\d \|.*$/gm;

/** Title of the issue that a gate keeps on the default branch. */
export function issueTitle(name: string): string {
  return `Robustness at night${name === 'default' ? '' : `: ${name}`}`;
}

/**
 * The body of the issue: what changed, the last night as in a comment, and a list of nights.
 *
 * @param before The body as it is, for the nights in it; empty for none.
 * @param day    ISO date.
 */
export function issueBody(report: Report, before: string, day: string): string {
  const { emoji, word } = statusMarks[report.verdict.status];
  const row = `| ${day} | ${emoji} ${word} | ${link('run', report.links.run)} |`;
  const nights = [row, ...(before.match(ROW) ?? [])].slice(0, MAX_NIGHTS);
  const causes = report.baseline ? whatChanged(report.baseline, report.candidate) : [];
  return [
    ...(causes.length > 0
      ? [
          '**What changed since the night that it is held against**',
          causes.map((cause) => `- ${prose(cause)}`).join('\n'),
        ]
      : []),
    renderComment(report),
    `**Nights**\n\n| day | verdict | |\n| :-- | :-- | :-- |\n${nights.join('\n')}`,
  ].join('\n\n');
}

/** What is said under the issue when its state changes. */
export function stateChange(report: Report): string {
  const { emoji, word } = statusMarks[report.verdict.status];
  return `${emoji} **${word}** (${link('run', report.links.run)}). ${prose(report.verdict.sentence)}`;
}
