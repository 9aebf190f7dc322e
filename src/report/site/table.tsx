import { MAX_SENTENCE, plain, webAddress } from '../escape.ts';
import { plusMinus, points, short } from '../format.ts';
import { statusMarks } from '../words.ts';
import { changeOf, type SiteRun, valueOf } from './runs.ts';

/** Runs as rows, in the order given by index. */
export function RunTable(props: { runs: readonly SiteRun[]; newestFirst: readonly number[] }) {
  const { runs, newestFirst } = props;
  const heads = ['clean', 'perturbed', 'risk', 'drop'];
  return (
    <div class="scroll">
      <table class="runs">
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">verdict</th>
            {heads.map((head) => (
              <th scope="col" class="n">
                {head}
              </th>
            ))}
            <th scope="col">model</th>
            <th scope="col">report</th>
          </tr>
        </thead>
        <tbody>
          {newestFirst.map((index) => (
            <Row run={runs[index]!} change={changeOf(runs, index)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run, change }: { run: SiteRun; change: string | null }) {
  const { verdict, candidate, comparison } = run.entry;
  const { shape, word } = statusMarks[verdict.status];
  const overall = comparison?.nodes.find(({ level }) => level === 'overall');
  return (
    <tr>
      <th scope="row">
        {plain(run.when ?? run.label)}
        {run.when !== null && run.label !== '' ? (
          <div class="small mono">{plain(run.label)}</div>
        ) : null}
        {change === null ? null : <div class="small">{change}</div>}
      </th>
      <td>
        <span class={`word ${verdict.status}`} title={plain(verdict.sentence, MAX_SENTENCE)}>
          {shape} {word}
        </span>
      </td>
      <td class="n">{points(valueOf(run, 'map', 'clean'))}</td>
      <td class="n">{points(valueOf(run, 'map', 'overall'))}</td>
      <td class="n">{points(valueOf(run, 'risk', 'overall'))}</td>
      <td class="n">
        {overall ? plusMinus(overall.drop, (overall.interval[1] - overall.interval[0]) / 2) : '–'}
      </td>
      <td class="model">
        {plain(candidate.model.file)}{' '}
        <span class="small mono">{short(plain(candidate.model.digest))}</span>
      </td>
      <td>{run.report === null ? '–' : <ReportLink run={run} text="report" />}</td>
    </tr>
  );
}

/** A report is a file of the site, or an address that a report may link to. */
export function ReportLink({ run, text }: { run: SiteRun; text: string }) {
  const { report } = run;
  const safe = report !== null && (/^reports\/[\w.-]+\.html$/.test(report) || webAddress(report));
  return safe ? <a href={report}>{text}</a> : <>–</>;
}
