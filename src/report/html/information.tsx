import type { ComponentChildren } from 'preact';
import type { RiskComparison } from '../../compare/comparison.ts';
import type { CorruptionSummary } from '../../compare/corruption.ts';
import type { SizeComparison } from '../../compare/information.ts';
import { grouped, points } from '../format.ts';
import {
  corruptionFigures,
  dropRange,
  frostNote,
  informationLeads,
  mainRisks,
  riskPair,
  riskRise,
  shownSizes,
} from '../information.ts';
import type { Report } from '../report.ts';
import { heading, Part } from './parts.tsx';

/** What explains a drop and is not judged: object sizes, risk by family, consistency, the benchmark's figures. */
export function InformationPart({ report: { comparison } }: { report: Report }) {
  if (!comparison || comparison.identical) return null;
  const { information, risk } = comparison;
  const { sizes, foundByBoth, consistency, corruption } = information;
  return (
    <Part id="information" title="More numbers" lead={informationLeads.all}>
      <Sizes sizes={shownSizes(sizes)} />
      <Risks risks={mainRisks(risk)} both={foundByBoth} />
      <Consistency risks={mainRisks(consistency)} />
      {corruption ? <Corruption summary={corruption} /> : null}
    </Part>
  );
}

function Sizes({ sizes }: { sizes: readonly SizeComparison[] }) {
  if (sizes.length === 0) return null;
  return (
    <>
      <h3 style="margin-top:1.4rem">Object sizes</h3>
      <p class="lead">{informationLeads.sizes}</p>
      <Table
        caption="Small, medium and large objects, baseline and candidate"
        columns={['size', 'objects', 'groups', 'clean', 'perturbed', 'drop']}
      >
        {sizes.map(({ size, objects, groups, clean, perturbed, drop, standardError }) => (
          <tr>
            <th scope="row" style="white-space:nowrap">
              {size}
            </th>
            <td class="n">{grouped(objects)}</td>
            <td class="n">{grouped(groups)}</td>
            <td class="n">
              {points(clean[0])} → {points(clean[1])}
            </td>
            <td class="n">
              {points(perturbed[0])} → {points(perturbed[1])}
            </td>
            <td class="n">{dropRange(drop, standardError)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Risks(props: { risks: readonly RiskComparison[]; both: readonly RiskComparison[] }) {
  if (props.risks.length === 0) return null;
  return (
    <>
      <h3 style="margin-top:1.4rem">Risk by family</h3>
      <p class="lead">{informationLeads.foundByBoth}</p>
      <Table
        caption="Risk score, 0 to 100, lower is better"
        columns={['what', 'all objects', 'rise', 'both found', 'rise']}
      >
        {props.risks.map((entry) => {
          const same = props.both.find(
            ({ level, name }) => level === entry.level && name === entry.name,
          );
          return (
            <tr>
              <th scope="row" style="white-space:nowrap">
                {heading(entry)}
              </th>
              <td class="n">{riskPair(entry)}</td>
              <td class="n">{riskRise(entry)}</td>
              <td class="n">{same ? riskPair(same) : '–'}</td>
              <td class="n">{same ? riskRise(same) : '–'}</td>
            </tr>
          );
        })}
      </Table>
    </>
  );
}

function Consistency({ risks }: { risks: readonly RiskComparison[] }) {
  if (risks.length === 0) return null;
  return (
    <>
      <h3 style="margin-top:1.4rem">Consistency, without labels</h3>
      <p class="lead">{informationLeads.consistency}</p>
      <Table
        caption="Consistency risk, 0 to 100, lower is better"
        columns={['what', 'baseline → candidate', 'rise']}
      >
        {risks.map((entry) => (
          <tr>
            <th scope="row" style="white-space:nowrap">
              {heading(entry)}
            </th>
            <td class="n">{riskPair(entry)}</td>
            <td class="n">{riskRise(entry)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Corruption({ summary }: { summary: CorruptionSummary }) {
  const note = frostNote(summary);
  return (
    <>
      <h3 style="margin-top:1.4rem">Benchmark figures</h3>
      <p class="lead">
        {informationLeads.corruption} {note}
      </p>
      <dl class="facts">
        {corruptionFigures(summary).map(({ name, value, means }) => (
          <>
            <dt>{name}</dt>
            <dd>
              <b>{value}</b>: {means}
            </dd>
          </>
        ))}
      </dl>
    </>
  );
}

/** The first column names the row, the others are numbers. */
function Table(props: {
  caption: string;
  columns: readonly string[];
  children: ComponentChildren;
}) {
  const [first, ...others] = props.columns;
  return (
    <div class="scroll">
      <table>
        <caption class="hidden">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((column) => (
              <th scope="col" class="n">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  );
}
