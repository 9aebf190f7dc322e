import type { Status } from '../../judge/verdict.ts';
import { plain } from '../escape.ts';
import { points } from '../format.ts';
import type { HistoryEntry } from '../history.ts';
import type { Report } from '../report.ts';
import { riskAlone } from '../single.ts';

const badges = {
  pass: { word: 'pass', color: 'brightgreen' },
  regressed: { word: 'regressed', color: 'red' },
  inconclusive: { word: 'inconclusive', color: 'yellow' },
  'no-baseline': { word: 'no baseline', color: 'lightgrey' },
  incomplete: { word: 'incomplete', color: 'yellow' },
} as const satisfies Record<Status, { word: string; color: string }>;

/**
 * A badge for shields.io's endpoint: verdict and risk.
 *
 * @see https://shields.io/badges/endpoint-badge
 */
export function renderBadge({ name, verdict, candidate }: Report): string {
  return badge(name, verdict.status, riskAlone(candidate));
}

/** The same of a run of a history. */
export function historyBadge({ name, verdict, candidate }: HistoryEntry): string {
  const overall = candidate.nodes.find(({ level }) => level === 'overall');
  return badge(name, verdict.status, overall?.risk ?? null);
}

function badge(name: string, status: Status, risk: number | null): string {
  const { word, color } = badges[status];
  const document = {
    schemaVersion: 1,
    label: name === 'default' ? 'robustness' : plain(`robustness: ${name}`),
    message: risk === null ? word : `${word}, risk ${points(risk)}`,
    color,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
