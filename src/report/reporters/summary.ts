import { fit } from '../budget.ts';
import { details, nodeTable } from '../markdown.ts';
import type { Report } from '../report.ts';
import { shownNodes } from '../single.ts';
import { metricOf } from '../words.ts';
import { commentSections } from './comment.ts';

/** GitHub drops a step's summary over 1 MiB as a whole. */
const MAX_BYTES = 900 * 1024;
const MAX_ROWS = 2_000;

/** The job summary: the comment's parts and all nodes as tables, under 900 KiB. */
export function renderSummary(report: Report): string {
  const nodes = shownNodes(report.candidate, report.comparison?.nodes ?? null);
  const tables = [
    { level: 'perturbation', title: 'Perturbations' },
    { level: 'condition', title: 'Conditions' },
  ].flatMap(({ level, title }) => {
    const rows = nodes.filter((node) => node.level === level);
    if (rows.length === 0) return [];
    const shown = rows.slice(0, MAX_ROWS);
    const more = rows.length > MAX_ROWS ? `\n\nand ${rows.length - MAX_ROWS} more` : '';
    const summary = `${title} (${rows.length})`;
    return [{ keep: 1, text: details(summary, nodeTable(shown, metricOf(report)) + more) }];
  });
  return fit(
    [...commentSections(report), ...tables],
    MAX_BYTES,
    (text) => Buffer.byteLength(text),
    '_Shortened to fit: the rest is in the report._',
  );
}
