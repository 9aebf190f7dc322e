import { type Metric, metrics } from '../../compare/metric.ts';
import { points, pValue } from '../format.ts';
import type { Report } from '../report.ts';
import { nodeValues, type ShownNode, shownNodes } from '../single.ts';
import { dropText, metricOf, otherMetric } from '../words.ts';
import { heading, Part, Scroll, State, stateClass } from './parts.tsx';

const MAX_ROWS = 1_500;

/** Every node as a table. */
export function NumberPart({ report }: { report: Report }) {
  const { comparison, candidate } = report;
  const nodes = shownNodes(candidate, comparison?.nodes ?? null);
  const risks = new Map(nodeValues(candidate).map(({ level, name, risk }) => [level + name, risk]));
  const rest = nodes.length - MAX_ROWS;
  return (
    <Part id="numbers" title="All numbers">
      <details>
        <summary>{nodes.length} rows: clean, overall, families, perturbations, conditions</summary>
        <Scroll label="Table of all numbers">
          <table>
            <caption>
              {metrics[metricOf(report)].definition}. A drop is a worsening: positive is worse.
            </caption>
            {comparison ? <ComparedHead /> : <AloneHead />}
            <tbody>
              {nodes.slice(0, MAX_ROWS).map((node) => (
                <Row
                  node={node}
                  metric={metricOf(report)}
                  risk={risks.get(node.level + node.name) ?? null}
                />
              ))}
              {rest > 0 ? (
                <tr>
                  <td colSpan={9}>and {rest} more: they are in the JSON document</td>
                </tr>
              ) : null}
            </tbody>
          </table>
        </Scroll>
      </details>
    </Part>
  );
}

function ComparedHead() {
  const columns = [
    'baseline',
    'candidate',
    'drop',
    'allowed',
    'p',
    'seen 4 of 5',
    'ruled out over',
  ];
  return (
    <thead>
      <tr>
        <th scope="col">what</th>
        {columns.map((column) => (
          <th scope="col" class="n">
            {column}
          </th>
        ))}
        <th scope="col">state</th>
      </tr>
    </thead>
  );
}

function AloneHead() {
  return (
    <thead>
      <tr>
        <th scope="col">what</th>
        <th scope="col" class="n">
          mAP
        </th>
        <th scope="col" class="n">
          risk score
        </th>
      </tr>
    </thead>
  );
}

function Row(props: { node: ShownNode; metric: Metric; risk: number | null }) {
  const { node, metric, risk } = props;
  const { comparison } = node;
  if (!comparison) {
    return (
      <tr>
        <th scope="row">{heading(node)}</th>
        <td class="n">{points(node.candidate)}</td>
        <td class="n">{points(risk)}</td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">
        {heading(node)}
        {otherMetric(comparison, metric)}
      </th>
      <td class="n">{points(node.baseline)}</td>
      <td class="n">{points(node.candidate)}</td>
      <td class="n">{dropText(comparison)}</td>
      <td class="n">{points(comparison.maxDrop)}</td>
      <td class="n">{pValue(comparison.adjustedP).replace(/^p (= )?/, '')}</td>
      <td class="n">{points(comparison.detectableDrop)}</td>
      <td class="n">{points(comparison.ruledOut)}</td>
      <td class={`state ${stateClass(comparison)}`}>
        <State node={comparison} />
      </td>
    </tr>
  );
}
