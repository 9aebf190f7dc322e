import { renderToString } from 'preact-render-to-string';
import { MAX_SENTENCE, plain } from '../escape.ts';
import { points, share } from '../format.ts';
import { Head } from '../html/head.tsx';
import { heading, Part } from '../html/parts.tsx';
import {
  howSureText,
  placeLegend,
  placeMarks,
  type SeveralReport,
  severalScale,
  severalSentence,
} from '../several.ts';
import { statusMarks } from '../words.ts';

/** Several runs side by side: one HTML file without scripts, which loads nothing. */
export function renderSeveralHtml(report: SeveralReport): string {
  return `<!doctype html>\n${renderToString(<Page report={report} />)}\n`;
}

function Page({ report }: { report: SeveralReport }) {
  return (
    <html lang="en">
      <Head title={`${report.runs.length} runs side by side: Robustness Gate`} />
      <body>
        <div class="top">
          <b>Robustness Gate</b>
        </div>
        <main>
          <section aria-labelledby="sentence">
            <h1 id="sentence">{plain(severalSentence(report), MAX_SENTENCE)}</h1>
          </section>
          <TablePart report={report} />
          <VerdictsPart report={report} />
          <footer>Made by Robustness Gate. No scripts, no requests.</footer>
        </main>
      </body>
    </html>
  );
}

function TablePart({ report }: { report: SeveralReport }) {
  const { runs, comparison } = report;
  const scale = severalScale(report);
  const names = runs.map(({ name }) => plain(name));
  return (
    <Part
      id="runs"
      title="All runs"
      lead={`${scale}. ${placeLegend}, at ${share(1 - comparison.alpha)}.`}
    >
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{scale}</th>
              {names.map((name) => (
                <th scope="col" class="n">
                  {name}
                </th>
              ))}
              <th scope="col">the best is</th>
            </tr>
          </thead>
          <tbody>
            {comparison.rows.map((row) => (
              <tr>
                <th scope="row">{heading(row)}</th>
                {row.runs.map(({ map, place }) => (
                  <td class="n">
                    {placeMarks[place]} {place === 'best' ? <b>{points(map)}</b> : points(map)}
                  </td>
                ))}
                <td>{howSureText(row, names)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
}

function VerdictsPart({ report: { runs } }: { report: SeveralReport }) {
  return (
    <Part id="verdicts" title={`Each against the first, ${plain(runs[0]?.name ?? '')}`}>
      <dl class="facts">
        {runs.map(({ name, verdict }) =>
          verdict ? (
            <>
              <dt>{plain(name)}</dt>
              <dd>
                {statusMarks[verdict.status].shape} <b>{statusMarks[verdict.status].word}</b>.{' '}
                {plain(verdict.sentence, MAX_SENTENCE)}
              </dd>
            </>
          ) : null,
        )}
      </dl>
    </Part>
  );
}
