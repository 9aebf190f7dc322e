import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { NodeComparison } from '../../compare/comparison.ts';
import { type Metric, metrics } from '../../compare/metric.ts';
import { points } from '../format.ts';
import type { Report } from '../report.ts';
import { type ShownNode, shownNodes } from '../single.ts';
import { familyOf } from '../advice.ts';
import { dropText, metricOf, nodeState, otherMetric, regressedDetails } from '../words.ts';
import { markPath, modelClass, ModelLegend } from './models.tsx';
import { heading, percent, State, stateClass } from './parts.tsx';

/** More than there are families: a limit for files that name more. */
const MAX_ROWS = 24;

/** Perturbations or conditions that regressed by themselves. */
const MAX_DETAILS = 4;

type Scale = ScaleLinear<number, number>;

/** Clean, overall and the families: both models on a common axis, the drop with its interval and margin. */
export function FamilyChart({ report }: { report: Report }) {
  const { comparison } = report;
  const nodes = rowsOf(report);
  const metric = metricOf(report);
  const { scale } = metrics[metric];
  const maps = commonScale(nodes.flatMap((node) => [node.baseline ?? 0, node.candidate ?? 0]));
  const drops = comparison ? dropScale(nodes.flatMap((node) => node.comparison ?? [])) : null;
  return (
    <div class="family-chart">
      {comparison ? <Legend /> : null}
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
                <td class="plot delta">
                  <Axis scale={drops} />
                </td>
                <td />
                <td />
              </>
            ) : null}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** Clean, overall and the families, and under each family what regressed in it while it did not as a whole. */
function rowsOf({ comparison, candidate }: Report): ShownNode[] {
  const all = shownNodes(candidate, comparison?.nodes ?? null);
  const main = all
    .filter(({ level }) => level !== 'perturbation' && level !== 'condition')
    .slice(0, MAX_ROWS);
  const hidden = main.some(({ level, comparison: node }) => level === 'family' && node?.regressed)
    ? []
    : regressedDetails(comparison?.nodes ?? []).slice(0, MAX_DETAILS);
  return main.flatMap((node) => [
    node,
    ...hidden
      .filter(({ name }) => node.level === 'family' && familyOf(candidate, name) === node.name)
      .map((detail) => ({ ...detail, comparison: detail })),
  ]);
}

/** An axis in percent of the width, from 0 to the largest value. */
export function commonScale(values: readonly number[]): Scale {
  const top = Math.max(10, ...values.filter(Number.isFinite));
  return scaleLinear().domain([0, top]).nice(5).range([0, 100]);
}

function dropScale(nodes: readonly NodeComparison[]): Scale {
  const finite = (values: number[]): number[] => values.filter(Number.isFinite);
  const low = Math.min(0, ...finite(nodes.map(({ interval }) => interval[0])));
  const high = Math.max(
    1,
    ...finite(nodes.flatMap(({ interval, maxDrop }) => [interval[1], maxDrop])),
  );
  return scaleLinear().domain([low, high]).nice(5).range([0, 100]);
}

function Head({ both, scale }: { both: boolean; scale: string }) {
  if (!both) {
    return (
      <thead>
        <tr>
          <th scope="col">{scale}</th>
          <th scope="col" class="n">
            model
          </th>
          <th scope="col" class="plot" style="width:70%">
            <span class="hidden">as a chart</span>
          </th>
        </tr>
      </thead>
    );
  }
  return (
    <thead>
      <tr>
        <th scope="col">{scale}</th>
        <th scope="col" class="n">
          baseline
        </th>
        <th scope="col" class="n">
          candidate
        </th>
        <th scope="col" class="plot" style="width:25%">
          both models
        </th>
        <th scope="col" class="plot" style="width:25%">
          drop, right is worse
        </th>
        <th scope="col" class="n">
          drop
        </th>
        <th scope="col">verdict</th>
      </tr>
    </thead>
  );
}

const indents = {
  clean: 'main',
  overall: 'main',
  family: 'sub',
  class: 'sub',
  'class-clean': 'sub',
  perturbation: 'detail',
  condition: 'detail',
} as const satisfies Record<ShownNode['level'], string>;

interface RowProps {
  node: ShownNode;
  metric: Metric;
  maps: Scale;
  drops: Scale | null;
}

function Row({ node, metric, maps, drops }: RowProps) {
  const { comparison } = node;
  const state = comparison ? stateClass(comparison) : '';
  return (
    <tr class={`${indents[node.level]} ${state}`}>
      <th scope="row">
        {heading(node)}
        {otherMetric(comparison, metric)}
      </th>
      {drops ? <td class="n base">{points(node.baseline)}</td> : null}
      <td class="n cand">{points(node.candidate)}</td>
      <td class="plot map">
        <ValueMarks values={[node.baseline, node.candidate]} scale={maps} />
      </td>
      {drops && comparison ? (
        <>
          <td class="plot delta">
            <DropMarks node={comparison} scale={drops} />
          </td>
          <td class="n drop">{dropText(comparison)}</td>
          <td class={`state ${state}`}>
            <State node={comparison} />
          </td>
        </>
      ) : null}
    </tr>
  );
}

/** The values of all models on one axis, the first's mark behind the others'. */
export function ValueMarks(props: { values: readonly (number | null)[]; scale: Scale }) {
  const { scale } = props;
  const known = props.values.flatMap((value, index) =>
    value !== null && Number.isFinite(value) ? [{ index, at: percent(scale(value)), value }] : [],
  );
  const ordered = [...known].sort((a, b) => a.value - b.value);
  const [first, last] = [ordered[0], ordered.at(-1)];
  return (
    <svg aria-hidden="true">
      <GridLines scale={scale} />
      {first && last ? (
        <line class="link-line" x1={first.at} x2={last.at} y1="50%" y2="50%" />
      ) : null}
      {known.map(({ index, at }) => (
        <svg x={at} y="50%" class={modelClass(index)}>
          <path class="mark" d={markPath(index)} />
        </svg>
      ))}
    </svg>
  );
}

function DropMarks({ node, scale }: { node: NodeComparison; scale: Scale }) {
  const [lower, upper] = node.interval;
  const at = (value: number): string => percent(scale(value));
  const state = stateClass(node);
  const known = [lower, upper, node.drop].every(Number.isFinite);
  const ends = [lower, upper];
  return (
    <svg
      role="img"
      aria-label={`drop ${dropText(node)}, ${points(node.maxDrop)} allowed, ${nodeState(node)}`}
    >
      <rect
        class="allowed"
        x={at(0)}
        width={percent(Math.max(0, scale(node.maxDrop) - scale(0)))}
        height="100%"
      />
      <GridLines scale={scale} />
      <line class="zero" x1={at(0)} x2={at(0)} y1="0" y2="100%" />
      <line class="margin" x1={at(node.maxDrop)} x2={at(node.maxDrop)} y1="0" y2="100%" />
      {known ? (
        <g class={state}>
          <line class="iv" x1={at(lower)} x2={at(upper)} y1="50%" y2="50%" />
          {ends.map((end) => (
            <line class="iv" x1={at(end)} x2={at(end)} y1="34%" y2="66%" />
          ))}
          <circle class="iv-dot" cx={at(node.drop)} cy="50%" r="4.5" />
        </g>
      ) : null}
    </svg>
  );
}

function GridLines({ scale }: { scale: Scale }) {
  return (
    <>
      {scale.ticks(4).map((tick) => (
        <line
          class="grid-line"
          x1={percent(scale(tick))}
          x2={percent(scale(tick))}
          y1="-20%"
          y2="120%"
        />
      ))}
    </>
  );
}

/** The numbers under a column of charts. */
export function Axis({ scale }: { scale: Scale }) {
  return (
    <svg>
      {scale.ticks(4).map((tick) => (
        <text class="tick" x={percent(scale(tick))} y="12" text-anchor="middle">
          {tick < 0 ? `−${-tick}` : tick}
        </text>
      ))}
    </svg>
  );
}

const pair = ['baseline', 'candidate'].map((label) => ({ label, title: label }));

function Legend() {
  return (
    <ul class="legend">
      <ModelLegend models={pair} />
      <li>
        <svg width="36" height="14" aria-hidden="true">
          <line class="iv" x1="2" x2="34" y1="7" y2="7" />
          <circle class="iv-dot" cx="18" cy="7" r="4.5" />
        </svg>
        drop and its interval, all rows at once
      </li>
      <li>
        <svg width="20" height="14" aria-hidden="true">
          <rect class="allowed" width="16" height="14" />
          <line class="margin" x1="16" x2="16" y1="0" y2="14" />
        </svg>
        allowed
      </li>
    </ul>
  );
}
