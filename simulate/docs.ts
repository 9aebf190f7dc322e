import type { Results, Tally } from './results.ts';

export { readResults } from './results.ts';

/** False alarms and power of simulated detectors, for docs/how-sure.md. */
export function syntheticTable({ synthetic }: Results): string {
  const rows = synthetic.map(({ images, conditions, scenario, tally }) => [
    `${images}, ${conditions}`,
    scenario,
    ...rates(tally),
  ]);
  return markdown(['images, conditions', 'the truth', ...RATES], rows);
}

/** The same with real detections of the demo's models. */
export function poolTable({ pools }: Results): string {
  const rows = pools.map(({ images, pair, largestDrop, tally }) => [
    String(images),
    pair,
    largestDrop.toFixed(1),
    ...rates(tally),
  ]);
  return markdown(['images', 'models', 'largest true drop', ...RATES], rows);
}

/** Influence values beside exact recomputation. */
export function auditTable({ audit }: Results): string {
  const rows = audit.map((row) => [
    row.pair,
    String(row.groups),
    String(row.nodes),
    `${row.ratio.median.toFixed(3)} (${row.ratio.least.toFixed(3)} to ${row.ratio.most.toFixed(3)})`,
    row.bootstrapRatio.toFixed(3),
    `${row.critical.toFixed(2)} / ${row.bootstrapCritical.toFixed(2)}`,
    `${row.both} / ${row.oursOnly} / ${row.bootstrapOnly}`,
  ]);
  const head = [
    'runs',
    'groups',
    'nodes',
    'SE by influence / exact jackknife',
    'bootstrap / jackknife',
    'critical value, ours / bootstrap',
    'nodes that changed: both say / ours alone / bootstrap alone',
  ];
  return markdown(head, rows);
}

const RATES = [
  '`regressed`',
  '`pass`',
  'flagged wrongly',
  'naive: some condition fell > 1',
  'uncorrected 95 % intervals',
  'all intervals hold the truth',
  'wrong among “ruled out”',
];

function rates(tally: Tally): string[] {
  const share = (part: number, whole: number): string =>
    whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
  return [
    share(tally.regressed, tally.runs),
    share(tally.pass, tally.runs),
    share(tally.falseFlag, tally.runs),
    share(tally.naive, tally.runs),
    share(tally.uncorrected, tally.runs),
    share(tally.covered, tally.runs),
    share(tally.wrongClaims, tally.claims),
  ];
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
