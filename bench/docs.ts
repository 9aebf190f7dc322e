import { machineText } from './machine.ts';
import type { Results, Row } from './results.ts';

export { readResults } from './results.ts';

/** Every row beside its target, for the README. */
export function resultsTable({ benches }: Results): string {
  const machines = [...new Set(benches.map(({ machine }) => machineText(machine)))];
  return [
    markdown(
      ['what', 'target', 'measured', 'met'],
      benches.flatMap(({ rows }) =>
        rows.map((row) => [
          row.what,
          `${row.target.bound} ${withUnit(row.target.value, row)}`,
          withUnit(round(row.measured), row),
          row.met ? 'yes' : '**no**',
        ]),
      ),
    ),
    '',
    ...machines.map((text) => `Measured on ${text}.`),
  ].join('\n');
}

/** What the rows are made of, for docs/speed.md. */
export function resultsDetails({ benches }: Results): string {
  return benches
    .flatMap(({ rows, notes }) => [
      ...rows.map(({ what, detail }) => `- ${what}: ${detail}.`),
      ...notes.map((note) => `- ${note}`),
    ])
    .join('\n');
}

/** Every perturbation beside its reference, for docs/speed.md. */
export function perturbationTimesTable({ benches }: Results): string {
  const times = benches.flatMap(({ perturbations }) => perturbations ?? []);
  const names = [...new Set(times.map(({ name }) => name))];
  const cell = (values: (number | null)[]): string =>
    values.map((value) => (value === null ? '–' : round(value))).join(', ');
  return markdown(
    ['perturbation', 'severities', 'CPU ms', 'imagecorruptions / ours', 'ours / OpenCV'],
    names.map((name) => {
      const of = times.filter((time) => time.name === name);
      return [
        `\`${name}\``,
        of.length === 1 ? 'one level' : of.map(({ severity }) => severity).join(', '),
        cell(of.map(({ ours }) => ours)),
        cell(of.map(({ reference }) => reference)),
        cell(of.map(({ opencv }) => (opencv === null ? null : 1 / opencv))),
      ];
    }),
  );
}

/** A row for the terminal. */
export function rowText(row: Row): string {
  const { what, target, measured, met, detail } = row;
  return `${met ? 'met    ' : 'NOT MET'}  ${what}: ${withUnit(round(measured), row)} (target: ${target.bound} ${withUnit(target.value, row)})\n         ${detail}`;
}

function withUnit(value: number | string, { unit }: Row): string {
  return unit === '' ? String(value) : `${value} ${unit}`;
}

/** Three significant digits. */
function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
