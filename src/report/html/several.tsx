import { plain, MAX_SENTENCE } from '../escape.ts';
import { points } from '../format.ts';
import type { SeveralReport } from '../several.ts';
import { nodeValues } from '../single.ts';
import { statusMarks } from '../words.ts';
import { settingFacts } from './method.tsx';
import type { ShownModel } from './models.tsx';
import { heading, Part, Scroll } from './parts.tsx';
import { type ClassRow, classRows, ClassTable } from './tables.tsx';

const MAX_ROWS = 1_500;

interface PartProps {
  readonly report: SeveralReport;
  readonly models: readonly ShownModel[];
}

/** The verdict of each run against the first. */
export function VerdictsPart({ report: { runs }, models }: PartProps) {
  const [first] = models;
  return (
    <Part id="verdicts" title={`Each against ${first?.label ?? ''}, as the gate would judge it`}>
      <dl class="facts">
        {runs.map(({ verdict }, index) =>
          verdict ? (
            <>
              <dt>
                <b>{models[index]?.label}</b> {models[index]?.title}
              </dt>
              <dd>
                <span aria-hidden="true">{statusMarks[verdict.status].shape}</span>{' '}
                <b>{statusMarks[verdict.status].word}</b>. {plain(verdict.sentence, MAX_SENTENCE)}
              </dd>
            </>
          ) : null,
        )}
      </dl>
    </Part>
  );
}

/** AP of every class, overall first. */
export function ClassesPart({ report: { runs }, models }: PartProps) {
  const manifests = runs.map(({ manifest }) => manifest);
  const values = manifests.map(nodeValues);
  const of = (level: string): (number | null)[] =>
    values.map((nodes) => nodes.find((node) => node.level === level)?.map ?? null);
  const all: ClassRow = {
    name: 'All classes',
    objects: null,
    clean: of('clean'),
    perturbed: of('overall'),
    standardError: null,
  };
  return (
    <Part
      id="numbers-first"
      title="Class by class"
      lead="AP@[.50:.95] × 100 on clean images, which is what an ordinary evaluation compares, and as the mean over all families. Single classes are not judged."
    >
      <ClassTable
        labels={models.map(({ label }) => label)}
        all={all}
        classes={classRows(manifests).filter(({ clean }) => clean.some((value) => value !== null))}
      />
    </Part>
  );
}

/** How the runs were made: a row for what differs, and what all have in common once. */
export function RunsPart({ report: { runs }, models }: PartProps) {
  const facts = runs.map(({ manifest }) => new Map(settingFacts(manifest)));
  const terms = [...(facts[0]?.keys() ?? [])];
  return (
    <Part id="settings" title="Settings and provenance">
      <Scroll label="Settings">
        <table class="settings">
          <thead>
            <tr>
              <td />
              {models.map(({ label }) => (
                <th scope="col">{label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Directory</th>
              {runs.map(({ name }) => (
                <td>{plain(name)}</td>
              ))}
            </tr>
            {terms.map((term) => (
              <tr>
                <th scope="row">{term}</th>
                <Values values={facts.map((of) => of.get(term) ?? '')} />
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Part>
  );
}

function Values({ values }: { values: readonly string[] }) {
  const [first] = values;
  if (values.every((value) => value === first)) return <td colSpan={values.length}>{first}</td>;
  return (
    <>
      {values.map((value) => (
        <td>{value}</td>
      ))}
    </>
  );
}

/** mAP of every run in every row. */
export function SeveralNumberPart({ report: { runs }, models }: PartProps) {
  const values = runs.map(({ manifest }) => nodeValues(manifest));
  const rows = values[0] ?? [];
  const rest = rows.length - MAX_ROWS;
  return (
    <Part id="numbers" title="All numbers">
      <details>
        <summary>{rows.length} rows: clean, overall, families, perturbations, conditions</summary>
        <Scroll label="Table of all numbers">
          <table>
            <caption>mAP@[.50:.95] × 100. The risk scores are in numbers.csv.</caption>
            <thead>
              <tr>
                <th scope="col">what</th>
                {models.map(({ label }) => (
                  <th scope="col" class="n">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, MAX_ROWS).map((row, index) => (
                <tr>
                  <th scope="row">{heading(row)}</th>
                  {values.map((nodes) => (
                    <td class="n">{points(nodes[index]?.map ?? null)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        {rest > 0 ? <p class="note">and {rest} more: they are in numbers.csv</p> : null}
      </details>
    </Part>
  );
}
