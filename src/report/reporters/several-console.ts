import { terminal } from '../escape.ts';
import { points, share } from '../format.ts';
import {
  howSureText,
  placeLegend,
  placeMarks,
  rowTitle,
  type SeveralReport,
  severalScale,
  severalSentence,
  shownNames,
  tooFewGroups,
} from '../several.ts';
import { statusMarks } from '../words.ts';

const NAME = 24;

/** Several runs for a terminal, without a trailing newline: who leads, the table of all, the verdicts. */
export function renderSeveralConsole(report: SeveralReport): string {
  const { runs, comparison } = report;
  const names = shownNames(report).map((name) => terminal(name, NAME));
  const few = tooFewGroups(report);
  const widths = names.map((name) => Math.max(name.length, 7));
  const titles = comparison.rows.map((row) => terminal(rowTitle(row, report)));
  const scale = severalScale(report).replace('×', 'x');
  const title = Math.max(scale.length, ...titles.map(({ length }) => length));
  const head = [scale.padEnd(title), ...names.map((name, i) => name.padStart(widths[i]!))].join(
    '  ',
  );
  const rows = comparison.rows.map((row, r) =>
    [
      titles[r]!.padEnd(title),
      ...row.runs.map(({ map, place }, i) =>
        `${placeMarks[place]} ${points(map)}`.trim().padStart(widths[i]!),
      ),
    ].join('  '),
  );
  const verdicts = runs.flatMap(({ verdict }, i) => {
    if (!verdict) return [];
    const { shape, word } = statusMarks[verdict.status];
    return [`  ${names[i]}: ${shape} ${word}. ${terminal(verdict.sentence)}`];
  });
  return [
    terminal(severalSentence(report)),
    '',
    head,
    ...rows,
    `${placeLegend}, at ${share(1 - comparison.alpha)}`,
    ...(few === null ? [] : [few]),
    '',
    'How sure',
    ...comparison.rows.map((row, r) => `  ${titles[r]}: ${terminal(howSureOf(row, names))}`),
    '',
    `Each against the first (${names[0]})`,
    ...verdicts,
  ].join('\n');
}

function howSureOf(
  row: SeveralReport['comparison']['rows'][number],
  names: readonly string[],
): string {
  const best = row.runs.findIndex(({ place }) => place === 'best');
  return `${names[best]} is ${howSureText(row, names)}`;
}
