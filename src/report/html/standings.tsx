import { points } from '../format.ts';
import {
  howSureText,
  placeMarks,
  type SeveralReport,
  severalScale,
  rowMetric,
} from '../several.ts';
import { Axis, commonScale, ValueMarks } from './families.tsx';
import { ModelLegend, type ShownModel } from './models.tsx';
import { heading, Scroll } from './parts.tsx';

/** Clean images, overall and the families: all runs on a common axis, and who is best. */
export function StandingsChart(props: { report: SeveralReport; models: readonly ShownModel[] }) {
  const { report, models } = props;
  const { comparison } = report;
  const labels = models.map(({ label }) => label);
  const scale = commonScale(comparison.rows.flatMap(({ runs }) => runs.map(({ map }) => map)));
  return (
    <>
      <ul class="legend">
        <ModelLegend models={models} />
      </ul>
      <Scroll label="All runs">
        <table class="chart standings">
          <caption class="hidden">Every run</caption>
          <thead>
            <tr>
              <th scope="col">{severalScale(report)}</th>
              {labels.map((label) => (
                <th scope="col" class="n">
                  {label}
                </th>
              ))}
              <th scope="col" class="plot">
                all runs
              </th>
              <th scope="col">the best is</th>
            </tr>
          </thead>
          <tbody>
            {comparison.rows.map((row) => (
              <tr class={row.level === 'family' ? 'sub' : 'main'}>
                <th scope="row">
                  {heading(row)}
                  {rowMetric(row, comparison)}
                </th>
                {row.runs.map(({ map, place }, i) => (
                  <td class="n" data-run={labels[i]}>
                    {placeMarks[place]} {place === 'best' ? <b>{points(map)}</b> : points(map)}
                  </td>
                ))}
                <td class="plot map">
                  <ValueMarks values={row.runs.map(({ map }) => map)} scale={scale} />
                </td>
                <td class="small">{howSureText(row, labels)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot aria-hidden="true">
            <tr>
              <td colSpan={labels.length + 1} />
              <td class="plot map">
                <Axis scale={scale} />
              </td>
              <td />
            </tr>
          </tfoot>
        </table>
      </Scroll>
    </>
  );
}
