import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { points } from '../format.ts';
import { percent, pixel } from '../html/parts.tsx';
import { statusMarks } from '../words.ts';
import { changeOf, runTitle, type SiteRun } from './runs.ts';

/** A line of a chart: a value for each run, null where there is none. */
interface Series {
  readonly kind: 'overall' | 'clean' | 'risk';
  readonly title: string;
  readonly values: readonly (number | null)[];
}

/** Width of the frame that lines are drawn in before they are stretched to the page's. */
const FRAME = 1000;
const LEAST_SPAN = 8;
/** More marks than this would lie over one another. */
const MOST_MARKS = 90;

/**
 * Lines over the runs of a history, the oldest left. A line ends where images, labels or suite change: what comes
 * after cannot be held against what was before.
 *
 * @param props.marks Whether each run's verdict stands below.
 */
export function Trend(props: {
  runs: readonly SiteRun[];
  series: readonly Series[];
  height: number;
  marks: boolean;
}) {
  const { runs, series, height, marks } = props;
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const y = scaleLinear()
    .domain(spanOf(known))
    .range([height - 6, 10])
    .nice(4);
  const x = (index: number): number =>
    runs.length < 2 ? 50 : 5 + (92 * index) / (runs.length - 1);
  return (
    <svg height={height + (marks ? 40 : 4)} role="img" aria-label={describe(runs, series)}>
      {y.ticks(height > 100 ? 4 : 2).map((tick) => (
        <g>
          <line class="grid-line" x1="0" x2="100%" y1={pixel(y(tick))} y2={pixel(y(tick))} />
          <text class="tick" x="0" y={pixel(y(tick)) - 3}>
            {tick}
          </text>
        </g>
      ))}
      <Breaks runs={runs} x={x} height={height} />
      <svg
        viewBox={`0 0 ${FRAME} ${height}`}
        preserveAspectRatio="none"
        height={height}
        width="100%"
      >
        {series.map(({ kind, values }) => (
          <g class={`t-${kind}`}>
            {partsOf(runs, values).map((part) => (
              <path d={pathOf(part, x, y)} />
            ))}
          </g>
        ))}
      </svg>
      {series.map(({ kind, title, values }) => (
        <g class={`t-${kind}`}>
          {values.map((value, i) =>
            value === null ? null : (
              <circle
                cx={percent(x(i))}
                cy={pixel(y(value))}
                r={runs.length > MOST_MARKS ? 1.5 : 2.5}
              >
                <title>{`${runTitle(runs[i]!)}: ${title} ${points(value)}`}</title>
              </circle>
            ),
          )}
        </g>
      ))}
      {marks ? <Marks runs={runs} x={x} top={height + 16} /> : null}
    </svg>
  );
}

/** The values' range, widened so that a tenth of a point is no cliff. */
function spanOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 100];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const more = Math.max(0, LEAST_SPAN - (high - low)) / 2;
  return [Math.max(0, low - more), Math.min(100, high + more)];
}

/** Runs of values that can be held against one another. */
function partsOf(
  runs: readonly SiteRun[],
  values: readonly (number | null)[],
): { index: number; value: number }[][] {
  const parts: { index: number; value: number }[][] = [[]];
  values.forEach((value, index) => {
    if (value === null || changeOf(runs, index) !== null) parts.push([]);
    if (value !== null) parts.at(-1)!.push({ index, value });
  });
  return parts.filter(({ length }) => length > 1);
}

function pathOf(
  part: readonly { index: number; value: number }[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  const path = line<{ index: number; value: number }>()
    .x(({ index }) => pixel((x(index) * FRAME) / 100))
    .y(({ value }) => pixel(y(value)));
  return path([...part]) ?? '';
}

function Breaks(props: { runs: readonly SiteRun[]; x: (index: number) => number; height: number }) {
  const { runs, x, height } = props;
  return (
    <g>
      {runs.map((run, i) => {
        const change = changeOf(runs, i);
        const at = percent((x(i - 1) + x(i)) / 2);
        return change === null ? null : (
          <line class="break" x1={at} x2={at} y1="0" y2={height}>
            <title>{`before ${runTitle(run)}: ${change}`}</title>
          </line>
        );
      })}
    </g>
  );
}

/** Each verdict by its shape, and the first and the last date. */
function Marks(props: { runs: readonly SiteRun[]; x: (index: number) => number; top: number }) {
  const { runs, x, top } = props;
  const many = runs.length > MOST_MARKS;
  return (
    <g>
      {runs.map((run, i) => {
        const { status } = run.entry.verdict;
        return many && status === 'pass' ? null : (
          <text class={`mark ${status}`} x={percent(x(i))} y={top} text-anchor="middle">
            {statusMarks[status].shape}
            <title>{`${runTitle(run)}: ${statusMarks[status].word}`}</title>
          </text>
        );
      })}
      <text class="tick" x="0" y={top + 20}>
        {runs[0]?.when ?? 'first'}
      </text>
      {runs.length > 1 ? (
        <text class="tick" x="100%" y={top + 20} text-anchor="end">
          {runs.at(-1)?.when ?? 'last'}
        </text>
      ) : null}
    </g>
  );
}

/** The chart in words, for who does not see it; the numbers are in the table. */
function describe(runs: readonly SiteRun[], series: readonly Series[]): string {
  const parts = series.map(({ title, values }) => {
    const known = values.filter((value) => value !== null);
    return `${title} from ${points(known[0] ?? null)} to ${points(known.at(-1) ?? null)}`;
  });
  return `${runs.length} runs: ${parts.join(', ')}`;
}
