import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { RunManifest } from '../../baseline/manifest.ts';
import type { NodeComparison } from '../../compare/comparison.ts';
import { type Metric, metrics, worsening } from '../../compare/metric.ts';
import { riskScore } from '../../evaluate/risk.ts';
import { points } from '../format.ts';
import type { Report } from '../report.ts';
import { dropText, metricOf, nodeState } from '../words.ts';
import { heading, Part, pixel, stateClass } from './parts.tsx';

const WIDTH = 240;
const HEIGHT = 140;
const LEFT = 26;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 20;
const MAX_CURVES = 80;

interface Point {
  /** 0 is clean. */
  readonly severity: number;
  readonly baseline: number | null;
  readonly candidate: number | null;
  /** Of baseline minus candidate. */
  readonly interval: readonly [number, number] | null;
}

interface Curve {
  readonly perturbation: string;
  readonly node: NodeComparison | null;
  readonly points: readonly Point[];
}

/** The metric by severity, a small chart for each perturbation, both models. */
export function CurvePart({ report }: { report: Report }) {
  const curves = curvesOf(report);
  if (curves.length === 0) return null;
  const { scale } = metrics[metricOf(report)];
  const both = report.baseline !== null && report.comparison !== null;
  const top = Math.max(
    10,
    ...curves.flatMap((curve) => curve.points.flatMap((p) => [p.baseline ?? 0, p.candidate ?? 0])),
  );
  return (
    <Part
      id="severity"
      title="By severity"
      lead={
        both
          ? `${scale} from clean to severity 5. Dashed with hollow marks: baseline. Solid: candidate; the bar at each mark is where the candidate may lie beside the baseline, all conditions together.`
          : `${scale} from clean to severity 5.`
      }
    >
      <div class="curves">
        {curves.slice(0, MAX_CURVES).map((curve) => (
          <Chart curve={curve} top={top} />
        ))}
      </div>
    </Part>
  );
}

function curvesOf(report: Report): Curve[] {
  const { candidate, baseline, comparison } = report;
  const nodes = new Map(
    (comparison?.nodes ?? []).map((node) => [`${node.level} ${node.name}`, node]),
  );
  const metric = metricOf(report);
  // Runs of different data: what run.json says of each is not of the same images.
  const unlike = comparison?.leftOut ? comparison.nodes : null;
  const before = unlike
    ? nodeMaps(unlike, 'baseline')
    : valuesOf(comparison ? baseline : null, metric);
  const after = unlike ? nodeMaps(unlike, 'candidate') : valuesOf(candidate, metric);
  const clean = {
    severity: 0,
    baseline: before.get('clean') ?? null,
    candidate: after.get('clean') ?? null,
    interval: null,
  };
  const curves = new Map<string, Point[]>();
  for (const condition of candidate.suite.conditions) {
    if (condition.kind === 'clean') continue;
    const list = curves.get(condition.perturbation) ?? [clean];
    const node = nodes.get(`condition ${condition.id}`);
    list.push({
      severity: condition.severity,
      baseline: before.get(condition.id) ?? null,
      candidate: after.get(condition.id) ?? null,
      interval: node ? fallOf(node) : null,
    });
    curves.set(condition.perturbation, list);
  }
  return [...curves].map(([perturbation, list]) => ({
    perturbation,
    node: nodes.get(`perturbation ${perturbation}`) ?? null,
    points: list,
  }));
}

/** The interval of baseline minus candidate. */
function fallOf({ metric, interval: [lower, upper] }: NodeComparison): readonly [number, number] {
  return worsening(metric, 1, 0) > 0 ? [lower, upper] : [-upper, -lower];
}

/** The metric of every condition; a risk score of none but the perturbed ones. */
function valuesOf(run: RunManifest | null, metric: Metric): Map<string, number | null> {
  return new Map(
    (run?.metrics ?? []).map((entry) => [
      entry.condition,
      metric === 'risk' ? (entry.risk ? riskScore(entry.risk) : null) : entry[metric],
    ]),
  );
}

function nodeMaps(
  nodes: readonly NodeComparison[],
  side: 'baseline' | 'candidate',
): Map<string, number | null> {
  const single = nodes.filter(({ level }) => level === 'clean' || level === 'condition');
  return new Map(single.map((node) => [node.name, node[side]]));
}

function Chart({ curve, top }: { curve: Curve; top: number }) {
  const { node, perturbation } = curve;
  const single = curve.points.length === 2 && curve.points[1]?.severity === 1;
  const x = scaleLinear()
    .domain([0, single ? 1 : 5])
    .range([LEFT + 6, WIDTH - RIGHT - 6]);
  const y = scaleLinear()
    .domain([0, top])
    .nice(4)
    .range([HEIGHT - BOTTOM, TOP]);
  const ticks = single ? [0, 1] : [0, 1, 2, 3, 4, 5];
  return (
    <figure>
      <figcaption>
        {heading({ level: 'perturbation', name: perturbation })}
        {node ? (
          <span class={stateClass(node)}>
            {nodeState(node) === 'regressed' ? '✕ ' : ''}
            {dropText(node)}
          </span>
        ) : null}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={describe(curve)}>
        {y.ticks(4).map((tick) => (
          <g>
            <line class="grid-line" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text class="tick" x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
        {ticks.map((tick) => (
          <text class="tick" x={x(tick)} y={HEIGHT - 5} text-anchor="middle">
            {tick === 0 ? 'clean' : single ? 'changed' : tick}
          </text>
        ))}
        <Marks curve={curve} x={x} y={y} />
      </svg>
    </figure>
  );
}

function Marks(props: { curve: Curve; x: (v: number) => number; y: (v: number) => number }) {
  const { curve, x, y } = props;
  const series = (side: 'baseline' | 'candidate'): { x: number; y: number }[] =>
    curve.points.flatMap((point) => {
      const value = point[side];
      return value === null ? [] : [{ x: pixel(x(point.severity)), y: pixel(y(value)) }];
    });
  const path = line<{ x: number; y: number }>(
    (point) => point.x,
    (point) => point.y,
  );
  return (
    <g>
      {curve.points.map(({ severity, baseline, interval }) =>
        baseline !== null && interval ? (
          <line
            class="band"
            x1={pixel(x(severity))}
            x2={pixel(x(severity))}
            y1={pixel(y(Math.max(0, baseline - interval[1])))}
            y2={pixel(y(Math.max(0, baseline - interval[0])))}
          />
        ) : null,
      )}
      <path class="b-line" d={path(series('baseline')) ?? ''} />
      <path class="c-line" d={path(series('candidate')) ?? ''} />
      {series('baseline').map((point) => (
        <circle class="b-dot" cx={point.x} cy={point.y} r="4.6" />
      ))}
      {series('candidate').map((point) => (
        <circle class="c-dot" cx={point.x} cy={point.y} r="3.2" />
      ))}
    </g>
  );
}

function describe({ perturbation, points: list }: Curve): string {
  const values = list.map(({ severity, baseline, candidate }) => {
    const at = severity === 0 ? 'clean' : `severity ${severity}`;
    const before = baseline === null ? '' : `${points(baseline)} to `;
    return `${at} ${before}${points(candidate)}`;
  });
  return `${heading({ level: 'perturbation', name: perturbation })}: ${values.join(', ')}`;
}
