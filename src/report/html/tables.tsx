import type { RunManifest } from '../../baseline/manifest.ts';
import { metrics } from '../../compare/metric.ts';
import { suiteNodes } from '../../compare/nodes.ts';
import { plain } from '../escape.ts';
import { grouped, points } from '../format.ts';
import type { Report } from '../report.ts';
import { dropRange } from '../information.ts';
import { nodeValues, shownNodes } from '../single.ts';
import { byClassDrop, dropText, metricOf, otherMetric } from '../words.ts';
import { heading, Part, Scroll, State, stateClass } from './parts.tsx';

/** Classes that are shown at once; the others fold. */
const SHOWN = 14;
const MAX_ROWS = 250;

/** A class with the AP of every model; null without ground truth. */
export interface ClassRow {
  readonly name: string;
  /** Null where it is not known. */
  readonly objects: number | null;
  readonly clean: readonly (number | null)[];
  readonly perturbed: readonly (number | null)[];
  /** Of the drop of one model against the other; null where it is not known. */
  readonly standardError: number | null;
}

/** The first table: what clean images tell of the models, and what the perturbations do. */
export function TablePart({ report }: { report: Report }) {
  const { comparison, candidate } = report;
  const labels = comparison ? ['baseline', 'candidate'] : ['model'];
  const classes = comparison
    ? byClassDrop(comparison.classes)
    : classRows([candidate]).filter(({ clean }) => clean.some((value) => value !== null));
  return (
    <Part
      id="numbers-first"
      title="Clean images, class by class, and what the perturbations add"
      lead="Left what an ordinary evaluation compares: AP@[.50:.95] × 100 on clean images, overall and of each class; beside it the mean over all families. Right what the perturbations tell. Single classes are not judged unless the config names them: their ± is 1.96 standard errors, each class by itself."
    >
      <div class="columns">
        <ClassTable labels={labels} all={allRow(report)} classes={classes} />
        <FamilyTable report={report} />
      </div>
    </Part>
  );
}

function allRow({ comparison, candidate }: Report): ClassRow {
  const of = (level: string): (number | null)[] => {
    const node = comparison?.nodes.find((entry) => entry.level === level && entry.metric === 'map');
    if (node) return [node.baseline, node.candidate];
    const alone = nodeValues(candidate).find((entry) => entry.level === level)?.map ?? null;
    return comparison ? [null, null] : [alone];
  };
  return {
    name: 'All classes',
    objects: null,
    clean: of('clean'),
    perturbed: of('overall'),
    // The families' table has it, over all rows at once.
    standardError: null,
  };
}

/** The classes of runs of one data set, from their manifests. */
export function classRows(runs: readonly RunManifest[]): ClassRow[] {
  const classes = runs[0]?.dataset.classes ?? [];
  return classes.map((name, wanted) => ({
    name,
    objects: null,
    clean: runs.map(({ metrics: scores }) => scores[0]?.classes[wanted] ?? null),
    perturbed: runs.map((run) => perturbedAp(run, wanted)),
    standardError: null,
  }));
}

function perturbedAp({ suite, metrics: scores }: RunManifest, wanted: number): number | null {
  const overall = suiteNodes(suite.conditions).find(({ level }) => level === 'overall');
  if (!overall) return null;
  return scores.reduce<number | null>((sum, { classes }, condition) => {
    const weight = overall.weights[condition] ?? 0;
    const value = classes[wanted] ?? null;
    if (weight === 0) return sum;
    return sum === null || value === null ? null : sum + weight * value;
  }, 0);
}

/** AP of every class and model on clean and on perturbed images. */
export function ClassTable(props: {
  labels: readonly string[];
  all: ClassRow | null;
  classes: readonly ClassRow[];
}) {
  const { labels, all, classes } = props;
  const rest = classes.slice(SHOWN, MAX_ROWS);
  return (
    <div>
      <Scroll label="Classes">
        <table>
          <caption>
            <b>Classes</b>, mAP@[.50:.95] × 100
          </caption>
          <ClassHead labels={labels} />
          <tbody>
            {all ? <ClassLine row={all} main /> : null}
            {classes.slice(0, SHOWN).map((row) => (
              <ClassLine row={row} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {rest.length > 0 ? (
        <details>
          <summary>{classes.length - SHOWN} more classes</summary>
          <Scroll label="More classes">
            <table>
              <ClassHead labels={labels} />
              <tbody>
                {rest.map((row) => (
                  <ClassLine row={row} />
                ))}
              </tbody>
            </table>
          </Scroll>
          {classes.length > MAX_ROWS ? (
            <p class="note">and {classes.length - MAX_ROWS} more: they are in run.json</p>
          ) : null}
        </details>
      ) : null}
    </div>
  );
}

function ClassHead({ labels }: { labels: readonly string[] }) {
  const sides = ['clean images', 'all perturbations'];
  return (
    <thead>
      <tr>
        <td />
        {sides.map((side, i) => (
          <th
            scope="colgroup"
            colSpan={labels.length + (i === 1 && labels.length === 2 ? 1 : 0)}
            class="span"
          >
            {side}
          </th>
        ))}
      </tr>
      <tr>
        <th scope="col">class</th>
        {sides.flatMap(() =>
          labels.map((label, i) => (
            <th scope="col" class={i === 0 ? 'n begin' : 'n'}>
              {label}
            </th>
          )),
        )}
        {labels.length === 2 ? (
          <th scope="col" class="n">
            drop
          </th>
        ) : null}
      </tr>
    </thead>
  );
}

function ClassLine({ row, main = false }: { row: ClassRow; main?: boolean }) {
  const [before, after, ...more] = row.perturbed;
  const drop =
    more.length === 0 && before !== undefined && after !== undefined
      ? dropRange(before === null || after === null ? null : before - after, row.standardError)
      : null;
  return (
    <tr class={main ? 'main' : ''}>
      <th scope="row">
        {plain(row.name)}
        {row.objects === null ? null : <span class="count"> {grouped(row.objects)}</span>}
      </th>
      {[row.clean, row.perturbed].flatMap((values) =>
        values.map((value, i) => <td class={i === 0 ? 'n begin' : 'n'}>{points(value)}</td>),
      )}
      {drop === null ? null : <td class="n">{drop}</td>}
    </tr>
  );
}

function FamilyTable({ report }: { report: Report }) {
  const { comparison, candidate } = report;
  const metric = metricOf(report);
  const nodes = shownNodes(candidate, comparison?.nodes ?? null)
    .filter(({ level }) => level === 'overall' || level === 'family')
    .slice(0, MAX_ROWS);
  const risks = new Map(comparison?.risk.map((risk) => [risk.level + risk.name, risk]));
  const alone = new Map(nodeValues(candidate).map((node) => [node.level + node.name, node]));
  if (nodes.length === 0) return null;
  return (
    <Scroll label="Families">
      <table>
        <caption>
          <b>Perturbations</b>, {metrics[metric].definition}
        </caption>
        <thead>
          <tr>
            <th scope="col">family</th>
            {comparison ? (
              <th scope="col" class="n">
                baseline
              </th>
            ) : null}
            <th scope="col" class="n">
              {comparison ? 'candidate' : 'model'}
            </th>
            {comparison ? (
              <th scope="col" class="n">
                drop
              </th>
            ) : null}
            <th scope="col" class="n begin">
              risk score
            </th>
            {comparison ? <th scope="col">verdict</th> : null}
          </tr>
        </thead>
        <tbody>
          {nodes.map(({ level, name, baseline, candidate: value, comparison: node }) => {
            const risk = risks.get(level + name);
            return (
              <tr class={level === 'overall' ? 'main' : ''}>
                <th scope="row">
                  {heading({ level, name })}
                  {otherMetric(node, metric)}
                </th>
                {comparison ? <td class="n">{points(baseline)}</td> : null}
                <td class="n">{points(value)}</td>
                {comparison ? <td class="n">{node ? dropText(node) : ''}</td> : null}
                <td class="n begin">
                  {risk
                    ? `${points(risk.baseline.value)} → ${points(risk.candidate.value)}`
                    : points(alone.get(level + name)?.risk ?? null)}
                </td>
                {comparison ? (
                  <td class={`state ${node ? stateClass(node) : ''}`}>
                    <State node={node} />
                  </td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
