import { prose } from './escape.ts';
import { baselineLine, details, nodeTable, regressedItem } from './markdown.ts';
import type { Report } from './report.ts';
import { shownNodes } from './single.ts';
import {
  allNotes,
  metricOf,
  referenceView,
  regressedDetails,
  resolution,
  statusMarks,
} from './words.ts';

const MAX_REGRESSED = 5;

/** What came out against the reference, as a fold-out whose title is its verdict; null where there is none. */
export function referenceText(report: Report): string | null {
  const view = referenceView(report);
  if (view === null || report.reference === null) return null;
  const { comparison, verdict, candidate } = view;
  const { emoji, word } = statusMarks[verdict.status];
  const nodes = comparison
    ? shownNodes(candidate, comparison.nodes).filter(
        ({ level }) => level !== 'perturbation' && level !== 'condition',
      )
    : [];
  const regressed = verdict.status === 'regressed' ? regressedDetails(comparison?.nodes ?? []) : [];
  const parts = [
    prose(verdict.sentence),
    ...allNotes(view).map((note) => `- ${prose(note)}`),
    nodes.length > 0 && !comparison?.identical ? nodeTable(nodes, metricOf(view)) : null,
    regressed.length > 0 ? regressed.slice(0, MAX_REGRESSED).map(regressedItem).join('\n') : null,
    resolution(view),
    baselineLine(view)?.replace('Baseline:', 'Reference:') ?? null,
  ].filter((part) => part !== null);
  return details(`Against ${prose(report.reference.name)}: ${emoji} ${word}`, parts.join('\n\n'));
}
