import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { nodeTitle } from '../../judge/titles.ts';
import { plain } from '../escape.ts';
import { points } from '../format.ts';
import { dropText, nodeState, stateMarks } from '../words.ts';
import type { Curve, CurveFamily, CurvePoint } from './curve-data.ts';
import { markPath, modelClass, ModelLegend, type ShownModel } from './models.tsx';
import { heading, Part, pixel, stateClass } from './parts.tsx';

const WIDTH = 240;
const HEIGHT = 140;
const LEFT = 26;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 20;
const MAX_CURVES = 80;

/** So many charts are shown without folding any. */
const FEW = 12;

/** The metric by severity: a small chart for each perturbation, all models, family by family. */
export function CurvePart(props: {
  families: readonly CurveFamily[];
  models: readonly ShownModel[];
  scale: string;
}) {
  const { families, models, scale } = props;
  const curves = families.flatMap((family) => family.curves);
  if (curves.length === 0) return null;
  const values = curves.flatMap((curve) => curve.points.flatMap((point) => point.values));
  const top = Math.max(10, ...values.map((value) => value ?? 0).filter(Number.isFinite));
  const few = curves.length <= FEW;
  const band = curves.some((curve) => curve.points.some((point) => point.band !== null));
  return (
    <Part
      id="severity"
      title="By severity"
      lead={`${scale} from clean images to severity 5.${band ? ' The band is where the candidate may lie beside the baseline, all conditions together.' : ''}${curves.length > FEW ? ` ${firstText(band, models.length)} comes first; open a family to see its perturbations.` : ''}`}
    >
      {models.length > 1 ? (
        <ul class="legend">
          <ModelLegend models={models} />
        </ul>
      ) : null}
      <div class={few ? 'few' : ''}>
        {families.map((family) => (
          <Family family={family} top={top} open={few || family.open} />
        ))}
      </div>
    </Part>
  );
}

/** By what the families are ordered. */
function firstText(compared: boolean, models: number): string {
  if (models === 1) return 'The weakest family';
  return compared ? 'What regressed' : 'What differs most';
}

function Family({ family, top, open }: { family: CurveFamily; top: number; open: boolean }) {
  const { name, node, curves } = family;
  return (
    <details class="family" open={open}>
      <summary>
        <h3>{heading({ level: 'family', name })}</h3>
        {node ? (
          <span class={`state ${stateClass(node)}`}>
            {stateMarks[nodeState(node)]} {nodeState(node)}, drop {dropText(node)}
          </span>
        ) : null}
        <span class="small">
          {curves.length} {curves.length === 1 ? 'perturbation' : 'perturbations'}
        </span>
      </summary>
      <div class="curves">
        {curves.slice(0, MAX_CURVES).map((curve) => (
          <Chart curve={curve} top={top} />
        ))}
      </div>
    </details>
  );
}

interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
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
        {title(perturbation)}
        {node ? (
          <span class={stateClass(node)}>
            {nodeState(node) === 'no visible change' ? '' : `${stateMarks[nodeState(node)]} `}
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
          <text
            class="tick"
            x={x(tick)}
            y={HEIGHT - 5}
            text-anchor={single && tick === 1 ? 'end' : 'middle'}
          >
            {tick === 0 ? 'clean' : single ? 'changed' : tick}
          </text>
        ))}
        <Band curve={curve} x={x} y={y} />
        {curve.points[0]?.values.map((_, model) => (
          <Series curve={curve} model={model} x={x} y={y} />
        ))}
      </svg>
    </figure>
  );
}

function title(perturbation: string): string {
  const text = plain(nodeTitle({ level: 'perturbation', name: perturbation }));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function Band({ curve, x, y }: { curve: Curve } & Scales) {
  const known = curve.points.flatMap(({ severity, band }) =>
    band && band.every(Number.isFinite) ? [{ severity, band }] : [],
  );
  const path = area<{ severity: number; band: readonly [number, number] }>()
    .x(({ severity }) => pixel(x(severity)))
    .y0(({ band }) => pixel(y(Math.max(0, band[0]))))
    .y1(({ band }) => pixel(y(Math.max(0, band[1]))))(known);
  return path && known.length > 1 ? <path class="band" d={path} /> : null;
}

function Series({ curve, model, x, y }: { curve: Curve; model: number } & Scales) {
  const places = curve.points.flatMap(({ severity, values }) => {
    const value = values[model] ?? null;
    return value === null || !Number.isFinite(value)
      ? []
      : [{ x: pixel(x(severity)), y: pixel(y(value)) }];
  });
  const path = line<{ x: number; y: number }>(
    (place) => place.x,
    (place) => place.y,
  );
  return (
    <g class={modelClass(model)}>
      <path class="line" d={path(places) ?? ''} />
      {places.map((place) => (
        <path
          class="mark"
          d={markPath(model)}
          transform={`translate(${place.x} ${place.y}) scale(.85)`}
        />
      ))}
    </g>
  );
}

function describe({ perturbation, points: list }: Curve): string {
  const at = (point: CurvePoint): string =>
    `${point.severity === 0 ? 'clean' : `severity ${point.severity}`} ${point.values.map((value) => points(value)).join(' to ')}`;
  return `${title(perturbation)}: ${list.map(at).join(', ')}`;
}
