import { metrics } from '../../compare/metric.ts';
import { MAX_SENTENCE, plain } from '../escape.ts';
import { points } from '../format.ts';
import type { Report } from '../report.ts';
import { allNotes, dropText, metricOf, referenceView, sourceText, statusMarks } from '../words.ts';
import { heading, Part, Scroll, State, stateClass } from './parts.tsx';

const MAX_ROWS = 24;
const MAX_NOTES = 12;

/** What came out against the second baseline. */
export function ReferencePart({ report }: { report: Report }) {
  const view = referenceView(report);
  if (view === null || report.reference === null) return null;
  const { verdict, comparison, source } = view;
  const { shape, word } = statusMarks[verdict.status];
  const notes = allNotes(view).slice(0, MAX_NOTES);
  return (
    <Part
      id="reference"
      title={`Against ${plain(report.reference.name)}: ${shape} ${word}`}
      lead={plain(verdict.sentence, MAX_SENTENCE)}
    >
      {source ? <p>Reference: {plain(sourceText(source), 200)}.</p> : null}
      {notes.length > 0 ? (
        <ul class="notes" aria-label="Notes on the reference">
          {notes.map((note) => (
            <li>{plain(note, MAX_SENTENCE)}</li>
          ))}
        </ul>
      ) : null}
      {comparison && !comparison.identical ? <ReferenceTable report={view} /> : null}
    </Part>
  );
}

function ReferenceTable({ report }: { report: Report }) {
  const nodes = (report.comparison?.nodes ?? [])
    .filter(({ level, regressed }) => regressed || !['perturbation', 'condition'].includes(level))
    .slice(0, MAX_ROWS);
  return (
    <Scroll label="Rows against the reference">
      <table>
        <caption>{metrics[metricOf(report)].definition}, against the reference</caption>
        <thead>
          <tr>
            <th scope="col">what</th>
            {['reference', 'candidate', 'drop'].map((column) => (
              <th scope="col" class="n">
                {column}
              </th>
            ))}
            <th scope="col">verdict</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr class={stateClass(node)}>
              <th scope="row">{heading(node)}</th>
              <td class="n">{points(node.baseline)}</td>
              <td class="n">{points(node.candidate)}</td>
              <td class="n">{dropText(node)}</td>
              <td>
                <State node={node} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
