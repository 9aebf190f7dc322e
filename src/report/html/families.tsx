import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { NodeComparison } from '../../compare/comparison.ts';
import { type Metric, metrics } from '../../compare/metric.ts';
import { points } from '../format.ts';
import type { Report } from '../report.ts';
import { type ShownNode, shownNodes } from '../single.ts';
import { dropText, metricOf, nodeState, otherMetric, resolution } from '../words.ts';
import { heading, Part, percent, State, stateClass } from './parts.tsx';

/** More than there are families: a limit for files that name more. */
const MAX_ROWS = 24;

type Scale = ScaleLinear<number, number>;

/** Clean, overall and the families: both models on a common axis, the drop with its interval and margin. */
export function FamilyPart({ report }: { report: Report }) {
  const { comparison, candidate } = report;
  const nodes = shownNodes(candidate, comparison?.nodes ?? null)
    .filter(({ level }) => level !== 'perturbation' && level !== 'condition')
    .slice(0, MAX_ROWS);
  const metric = metricOf(report);
  const { scale } = metrics[metric];
  const top = Math.max(10, ...nodes.flatMap((node) => [node.baseline ?? 0, node.candidate ?? 0]));
  const maps = scaleLinear().domain([0, top]).nice(5).range([0, 100]);
  const drops = comparison ? dropScale(nodes.flatMap((node) => node.comparison ?? [])) : null;
  return (
    <Part
      id="families"
      title={comparison ? 'What changed, family by family' : 'Family by family'}
      lead={resolution(report)}
    >
      <Legend both={comparison !== null} />
      <table class={comparison ? 'chart' : 'chart alone'}>
        <caption class="hidden">{scale} of clean images, overall and each family</caption>
        <Head both={drops !== null} scale={scale} />
        <tbody>
          {nodes.map((node) => (
            <Row node={node} metric={metric} maps={maps} drops={drops} />
          ))}
        </tbody>
        <tfoot aria-hidden="true">
          <tr>
            <td />
            {drops ? <td /> : null}
            <td />
            <td class="plot map">
              <Axis scale={maps} />
            </td>
            {drops ? (
              <>
                <td />
                <td class="plot delta">
                  <Axis scale={drops} />
                </td>
                <td />
              </>
            ) : null}
          </tr>
        </tfoot>
      </table>
    </Part>
  );
}

function dropScale(nodes: readonly NodeComparison[]): Scale {
  const low = Math.min(0, ...nodes.map(({ interval }) => interval[0]));
  const high = Math.max(1, ...nodes.flatMap(({ interval, maxDrop }) => [interval[1], maxDrop]));
  return scaleLinear().domain([low, high]).nice(5).range([0, 100]);
}

function Head({ both, scale }: { both: boolean; scale: string }) {
  return (
    <thead>
      <tr>
        <th scope="col" style="width:14%">
          {scale}
        </th>
        {both ? (
          <th scope="col" class="n">
            baseline
          </th>
        ) : null}
        <th scope="col" class="n">
          candidate
        </th>
        <th scope="col" class="plot" style={both ? 'width:27%' : 'width:70%'}>
          {both ? 'both models' : ''}
        </th>
        {both ? (
          <>
            <th scope="col" class="n">
              drop
            </th>
            <th scope="col" class="plot" style="width:27%">
              drop, right is worse
            </th>
            <th scope="col">verdict</th>
          </>
        ) : null}
      </tr>
    </thead>
  );
}

interface RowProps {
  node: ShownNode;
  metric: Metric;
  maps: Scale;
  drops: Scale | null;
}

function Row({ node, metric, maps, drops }: RowProps) {
  const { comparison } = node;
  return (
    <tr>
      <th scope="row" class={node.level === 'family' ? 'sub' : ''}>
        {heading(node)}
        {otherMetric(comparison, metric)}
      </th>
      {drops ? <td class="n">{points(node.baseline)}</td> : null}
      <td class="n cand">{points(node.candidate)}</td>
      <td class="plot map">
        <MapMarks node={node} scale={maps} />
      </td>
      {drops && comparison ? (
        <>
          <td class="n drop">{dropText(comparison)}</td>
          <td class="plot delta">
            <DropMarks node={comparison} scale={drops} />
          </td>
          <td class={`state ${stateClass(comparison)}`}>
            <State node={comparison} />
          </td>
        </>
      ) : null}
    </tr>
  );
}

function MapMarks({ node: { baseline, candidate }, scale }: { node: ShownNode; scale: Scale }) {
  const at = (value: number): string => percent(scale(value));
  return (
    <svg aria-hidden="true">
      <GridLines scale={scale} />
      {baseline !== null && candidate !== null ? (
        <line class="link-line" x1={at(baseline)} x2={at(candidate)} y1="50%" y2="50%" />
      ) : null}
      {candidate === null ? null : <circle class="c-dot" cx={at(candidate)} cy="50%" r="4" />}
      {baseline === null ? null : <circle class="b-dot" cx={at(baseline)} cy="50%" r="6" />}
    </svg>
  );
}

function DropMarks({ node, scale }: { node: NodeComparison; scale: Scale }) {
  const [lower, upper] = node.interval;
  const at = (value: number): string => percent(scale(value));
  const state = stateClass(node);
  return (
    <svg
      role="img"
      aria-label={`drop ${dropText(node)}, ${points(node.maxDrop)} allowed, ${nodeState(node)}`}
    >
      <rect
        class="allowed"
        x={at(0)}
        width={percent(scale(node.maxDrop) - scale(0))}
        y="0"
        height="100%"
      />
      <GridLines scale={scale} />
      <line class="zero" x1={at(0)} x2={at(0)} y1="0" y2="100%" />
      <line class="margin" x1={at(node.maxDrop)} x2={at(node.maxDrop)} y1="0" y2="100%" />
      <line class={`iv ${state}`} x1={at(lower)} x2={at(upper)} y1="50%" y2="50%" />
      <line class={`iv ${state}`} x1={at(lower)} x2={at(lower)} y1="34%" y2="66%" />
      <line class={`iv ${state}`} x1={at(upper)} x2={at(upper)} y1="34%" y2="66%" />
      <circle class={`iv-dot ${state}`} cx={at(node.drop)} cy="50%" r="5" />
    </svg>
  );
}

function GridLines({ scale }: { scale: Scale }) {
  return (
    <g>
      {scale.ticks(5).map((tick) => (
        <line
          class="grid-line"
          x1={percent(scale(tick))}
          x2={percent(scale(tick))}
          y1="-20%"
          y2="120%"
        />
      ))}
    </g>
  );
}

function Axis({ scale }: { scale: Scale }) {
  return (
    <svg>
      {scale.ticks(5).map((tick) => (
        <text class="tick" x={percent(scale(tick))} y="12" text-anchor="middle">
          {tick < 0 ? `−${-tick}` : tick}
        </text>
      ))}
    </svg>
  );
}

/** Which mark is which model. */
function Legend({ both }: { both: boolean }) {
  if (!both) return null;
  return (
    <ul class="legend">
      <li>
        <svg width="16" height="14" aria-hidden="true">
          <circle class="b-dot" cx="8" cy="7" r="6" />
        </svg>
        baseline
      </li>
      <li>
        <svg width="16" height="14" aria-hidden="true">
          <circle class="c-dot" cx="8" cy="7" r="4" />
        </svg>
        candidate
      </li>
      <li>
        <svg width="36" height="14" aria-hidden="true">
          <line class="iv" x1="2" x2="34" y1="7" y2="7" />
          <circle class="iv-dot" cx="18" cy="7" r="5" />
        </svg>
        drop, interval that holds for all rows together
      </li>
      <li>
        <svg width="24" height="14" aria-hidden="true">
          <rect class="allowed" width="18" height="14" />
          <line class="margin" x1="18" x2="18" y1="0" y2="14" />
        </svg>
        allowed
      </li>
    </ul>
  );
}
