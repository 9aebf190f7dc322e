import type { ClassDrop, Comparison } from '../../compare/comparison.ts';
import type { Condition } from '../../perturb/condition.ts';
import { plain } from '../escape.ts';
import { points, share } from '../format.ts';
import { classDrop } from '../words.ts';
import { nodeTitle } from '../../judge/titles.ts';
import { Part, Scroll } from './parts.tsx';
import { Tabs } from './tabs.tsx';

/** Classes that are shown at once; the others fold. */
const SHOWN = 24;
const MAX_ROWS = 200;

/** With more cells than this they do without a tip. */
const MAX_TIPS = 2_500;

/** Points at which a cell gets its next darker colour. */
const STEPS = [1, 4, 10];

interface Column {
  readonly name: string;
  readonly title: string;
  readonly family: string;
}

interface Row {
  readonly title: string;
  readonly cells: readonly (Pick<ClassDrop, 'drop' | 'change'> | null)[];
}

/** A comparison whose class drops are shown. */
export interface HeatSource {
  /** Where there are several: `A → B`. */
  readonly label: string;
  /** Where there are several: what that is. */
  readonly title: string;
  readonly comparison: Comparison;
}

/** Those of comparisons that have class drops to show. */
export function heatSources(sources: readonly HeatSource[]): HeatSource[] {
  return sources.filter(
    ({ comparison }) => !comparison.identical && comparison.classDrops.length > 1,
  );
}

/** What every class loses under every perturbation: a grid for each comparison, one of them at a time. */
export function HeatPart(props: {
  sources: readonly HeatSource[];
  conditions: readonly Condition[];
}) {
  const sources = heatSources(props.sources);
  const [first] = sources;
  if (!first) return null;
  const grids = sources.map(({ comparison }) => (
    <Grids comparison={comparison} conditions={props.conditions} pages={sources.length} />
  ));
  return (
    <Part
      id="heat"
      title="Which class, under which perturbation"
      lead={`Drop of each class in points of AP × 100, mean over severities; negative is a gain. A ring marks what is sure for all cells together at ${share(1 - first.comparison.test.alpha)} (of single classes: Holm; classes seen in fewer than 10 groups are never marked). For information: the verdict rests on the first row alone.`}
    >
      <HeatLegend />
      {props.sources.length === 1 ? (
        grids
      ) : (
        <Tabs
          name="heat"
          legend="Drop from"
          tabs={sources.map(({ label, title }, i) => ({ label, title, panel: grids[i] }))}
        />
      )}
    </Part>
  );
}

function Grids(props: {
  comparison: Comparison;
  conditions: readonly Condition[];
  /** Of how many comparisons the page has grids. */
  pages: number;
}) {
  const { comparison, conditions, pages } = props;
  const columns = columnsOf(comparison, conditions);
  const rows = rowsOf(comparison);
  const most = Math.max(SHOWN, Math.floor(MAX_ROWS / pages));
  const tips = pages * Math.min(rows.length, most) * columns.length <= MAX_TIPS;
  const all = allClasses(comparison);
  const rest = rows.slice(SHOWN, most);
  return (
    <>
      <Grid
        label="Drop of each class"
        columns={columns}
        rows={[...(all ? [all] : []), ...rows.slice(0, SHOWN)]}
        tips={tips}
      />
      {rest.length > 0 ? (
        <details>
          <summary>{rest.length} more classes</summary>
          <Grid label="Drop of more classes" columns={columns} rows={rest} tips={tips} />
        </details>
      ) : null}
      {rows.length > most ? (
        <p class="note">
          and {rows.length - most} more with smaller drops: they are in the raw data
        </p>
      ) : null}
    </>
  );
}

function columnsOf({ classDrops }: Comparison, conditions: readonly Condition[]): Column[] {
  const families = new Map(
    conditions.flatMap((condition) =>
      condition.kind === 'perturbed' ? [[condition.perturbation, condition.family]] : [],
    ),
  );
  return classDrops.map(({ name }) => ({
    name,
    title: name === 'clean' ? 'clean' : plain(nodeTitle({ level: 'perturbation', name })),
    family: families.get(name) ?? '',
  }));
}

/** The largest drop over all perturbations first. */
function rowsOf({ classes, classDrops }: Comparison): Row[] {
  return classes
    .map((entry, index) => ({ entry, index, drop: classDrop(entry) }))
    .filter(({ entry }) => entry.objects > 0)
    .sort((a, b) => (b.drop ?? -Infinity) - (a.drop ?? -Infinity) || a.index - b.index)
    .map(({ entry, index }) => ({
      title: plain(entry.name),
      cells: classDrops.map(({ drops }) => drops[index] ?? null),
    }));
}

function allClasses({ nodes, classDrops, metric }: Comparison): Row | null {
  if (metric !== 'map') return null;
  const level = (name: string): string => (name === 'clean' ? 'clean' : 'perturbation');
  return {
    title: 'All classes',
    cells: classDrops.map(({ name }) => {
      const node = nodes.find((entry) => entry.level === level(name) && entry.name === name);
      if (!node) return null;
      const { drop, change } = node;
      return { drop, change: change === 'identical' ? 'no visible change' : change };
    }),
  };
}

function Grid(props: {
  label: string;
  columns: readonly Column[];
  rows: readonly Row[];
  tips: boolean;
}) {
  const { label, columns, rows, tips } = props;
  return (
    <Scroll label={label}>
      <table class={`heat ${columns.length > 24 ? 'tight' : columns.length > 14 ? '' : 'roomy'}`}>
        <caption class="hidden">Drop of each class under each perturbation, in points</caption>
        <thead>
          <tr>
            <td />
            {familySpans(columns).map(({ family, span }) =>
              family === '' ? (
                <td colSpan={span} />
              ) : (
                <th scope="colgroup" colSpan={span} class="begin">
                  {family}
                </th>
              ),
            )}
          </tr>
          <tr>
            <th scope="col">class</th>
            {columns.map(({ title }, i) => (
              <th scope="col" class={begins(columns, i) ? 'name begin' : 'name'}>
                <span>{title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ title, cells }) => (
            <tr>
              <th scope="row">{title}</th>
              {cells.map((cell, i) => (
                <Cell
                  cell={cell}
                  begin={begins(columns, i)}
                  tip={tips ? `${title}, ${columns[i]?.title ?? ''}` : null}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function begins(columns: readonly Column[], index: number): boolean {
  return columns[index]?.family !== columns[index - 1]?.family;
}

function familySpans(columns: readonly Column[]): { family: string; span: number }[] {
  const spans: { family: string; span: number }[] = [];
  columns.forEach(({ family }, i) => {
    const last = spans.at(-1);
    if (last && !begins(columns, i)) last.span += 1;
    else spans.push({ family, span: 1 });
  });
  return spans;
}

function Cell(props: { cell: Row['cells'][number]; begin: boolean; tip: string | null }) {
  const { cell, begin, tip } = props;
  const edge = begin ? ' begin' : '';
  if (!cell || !Number.isFinite(cell.drop)) return <td class={`h0${edge}`}>–</td>;
  const sure = cell.change !== 'no visible change';
  const text = points(cell.drop);
  return (
    <td
      class={`${tone(cell.drop)}${sure ? ' sure' : ''}${edge}`}
      {...(tip === null
        ? {}
        : { title: `${tip}: ${text}${sure ? `, surely ${cell.change}` : ''}` })}
    >
      {short(cell.drop)}
      {sure ? <span class="hidden"> surely {cell.change}</span> : null}
    </td>
  );
}

/** Whole points with a real minus; 0 for what rounds to it. */
function short(drop: number): string {
  const whole = Math.round(Math.abs(drop));
  return whole === 0 ? '0' : `${drop < 0 ? '−' : ''}${whole}`;
}

/** The class of a colour: `w` for worse, `g` for gain, 1 to 3 by size. */
function tone(drop: number): string {
  const step = STEPS.filter((least) => Math.abs(drop) >= least).length;
  return step === 0 ? 'h0' : `${drop > 0 ? 'w' : 'g'}${step}`;
}

function HeatLegend() {
  const [small, middle, large] = STEPS;
  const entries = [
    ['g3', `−${large} and less`],
    ['g2', `−${middle}`],
    ['g1', `−${small}`],
    ['h0', 'under 1 either way'],
    ['w1', `${small}`],
    ['w2', `${middle}`],
    ['w3', `${large} and more`],
  ] as const;
  return (
    <ul class="legend heat-legend">
      {entries.map(([name, text]) => (
        <li>
          <span class={`swatch ${name}`} aria-hidden="true" />
          {text}
        </li>
      ))}
      <li>
        <span class="swatch h0 sure" aria-hidden="true" />
        sure
      </li>
    </ul>
  );
}
