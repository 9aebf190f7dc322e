import type { HistoryEntry } from '../history.ts';
import type { Report } from '../report.ts';
import { nodeValues } from '../single.ts';

/** What `site` needs of a run, in a few kilobytes: a line of a history. No clock: the file's name says when. */
export function renderHistory(report: Report): string {
  return `${JSON.stringify(historyEntry(report))}\n`;
}

/** The same as a value. */
export function historyEntry(report: Report): HistoryEntry {
  const { name, verdict, candidate, comparison, links } = report;
  const main = ({ level }: { level: string }): boolean =>
    level === 'clean' || level === 'overall' || level === 'family';
  return {
    schemaVersion: 1,
    name,
    verdict: { status: verdict.status, sentence: verdict.sentence },
    candidate: { model: candidate.model, nodes: nodeValues(candidate).filter(main) },
    dataset: {
      images: candidate.images.length,
      imagesDigest: candidate.dataset.imagesDigest,
      labelsDigest: candidate.dataset.labelsDigest,
    },
    suite: {
      digest: candidate.suite.digest,
      conditions: candidate.suite.conditions.map(({ id }) => id),
    },
    comparison: comparison && {
      nodes: comparison.nodes.filter(main).map(({ level, drop, interval: [lower, upper] }) => ({
        level,
        drop,
        interval: [lower, upper],
      })),
    },
    links: { report: links.report },
  };
}
