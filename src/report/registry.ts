import { messageOf } from '../errors.ts';
import type { Report } from './report.ts';
import { renderBadge } from './reporters/badge.ts';
import { renderComment } from './reporters/comment.ts';
import { renderConsole } from './reporters/console.ts';
import { renderHistory } from './reporters/history.ts';
import { renderHtml } from './reporters/html.tsx';
import { renderJson } from './reporters/json.ts';
import { renderJunit } from './reporters/junit.ts';
import { renderSummary } from './reporters/summary.ts';

/** One form of a report. Rendering is pure; whoever calls delivers. */
export interface Reporter {
  readonly name: string;
  /** What it is, for the help text. */
  readonly title: string;
  /** Its file in a folder that has all of them; null for what is only printed. */
  readonly file: string | null;
  /** Whether `--name FILE` writes it. */
  readonly option: boolean;
  readonly render: (report: Report) => string;
}

/** Every form of a report of one verdict. */
export const reporters: readonly Reporter[] = [
  {
    name: 'html',
    title: 'the report, one page',
    file: 'report.html',
    option: true,
    render: renderHtml,
  },
  {
    name: 'comment',
    title: 'the pull request comment, Markdown',
    file: 'comment.md',
    option: true,
    render: renderComment,
  },
  {
    name: 'summary',
    title: 'the job summary, Markdown',
    file: 'summary.md',
    option: true,
    render: renderSummary,
  },
  {
    name: 'junit',
    title: 'JUnit XML for other CI systems',
    file: 'junit.xml',
    option: true,
    render: renderJunit,
  },
  {
    name: 'badge',
    title: 'a badge for shields.io’s endpoint, JSON',
    file: 'badge.json',
    option: true,
    render: renderBadge,
  },
  {
    name: 'history',
    title: 'what `site` draws a history from, JSON',
    file: 'history.json',
    option: true,
    render: renderHistory,
  },
  {
    name: 'json',
    title: 'all numbers, JSON',
    file: 'verdict.json',
    option: false,
    render: renderJson,
  },
  {
    name: 'console',
    title: 'the terminal’s table',
    file: null,
    option: false,
    render: (report) => renderConsole(report, { color: false }),
  },
];

/** What came of a form: its text, or why there is none. */
export type Rendered =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly problem: string };

/** Renders one form. One that breaks takes neither the others nor the verdict down. */
export function renderSafely(
  name: string,
  report: Report,
  render: (report: Report) => string,
): Rendered {
  try {
    return { kind: 'text', text: render(report) };
  } catch (error) {
    return { kind: 'failed', problem: `${name} could not be made: ${messageOf(error)}` };
  }
}
