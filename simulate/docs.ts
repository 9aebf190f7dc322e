import type { Ratio, Results, Tally } from './results.ts';

/** Rows of fewer pull requests are under way: their rates say too little to be printed. */
const LEAST_RUNS = 200;

/** Conditions of the simulations that the README shows. */
const SUMMARISED = 21;

export { readResults } from './results.ts';

/** False alarms and power of simulated detectors, for docs/how-sure.md. */
export function syntheticTable({ synthetic }: Results): string {
  const sorted = synthetic
    .filter(isDone)
    .sort((a, b) => a.conditions - b.conditions || a.images - b.images);
  const rows = sorted.map(({ images, conditions, scenario, tally }) => [
    `${images}, ${conditions}`,
    scenario,
    ...rates(tally),
  ]);
  return markdown(['images, conditions', 'the truth', ...RATES], rows);
}

/** The same in short, for the README: as many conditions as most rows have. */
export function summaryTable({ synthetic }: Results): string {
  const done = synthetic.filter((row) => isDone(row) && row.conditions === SUMMARISED);
  const sizes = [...new Set(done.map(({ images }) => images))].sort((a, b) => a - b);
  const rows = sizes.map((images) => {
    const rate = (scenario: string, of: 'falseFlag' | 'naive' | 'regressed'): string => {
      const row = done.find((other) => other.images === images && other.scenario === scenario);
      return row ? share(row.tally[of], row.tally.runs) : '–';
    };
    return [
      String(images),
      rate('equal models', 'falseFlag'),
      rate('equal models', 'naive'),
      rate('noise 5 worse', 'regressed'),
      rate('noise 10 worse', 'regressed'),
    ];
  });
  const head = [
    'images',
    'false alarms, nothing changed',
    '“some condition fell by more than a point”',
    'found: noise 5 points worse',
    'found: 10 points worse',
  ];
  return markdown(head, rows);
}

/** Looks on the way beside one test at the end. */
export function earlyTable({ early }: Results): string {
  const done = early.filter(isDone);
  if (done.length === 0) return 'Not measured yet: `npm run simulate -- early 200`.';
  const rows = done
    .sort((a, b) => a.images - b.images)
    .map(({ images, scenario, tally }) => [
      String(images),
      scenario,
      String(tally.runs),
      share(tally.atTheEnd, tally.runs),
      share(tally.regressed, tally.runs),
      share(tally.falseFlag, tally.runs),
      share(tally.stopped, tally.runs),
      share(tally.used, tally.runs),
    ]);
  const head = [
    'images',
    'the truth',
    'pull requests',
    '`regressed` by one test at the end',
    '`regressed` with looks',
    'flagged wrongly with looks',
    'stopped early',
    'images evaluated, mean',
  ];
  return markdown(head, rows);
}

/** The same with real detections of the demo's models. */
export function poolTable({ pools }: Results): string {
  const sorted = pools.filter(isDone).sort((a, b) => order(a.pair, b.pair) || a.images - b.images);
  const rows = sorted.map(({ images, pair, largestDrop, tally }) => [
    String(images),
    pair,
    largestDrop.toFixed(1),
    ...rates(tally),
  ]);
  return markdown(['images', 'models', 'largest true drop', ...RATES], rows);
}

/** What the verdict rests on beside exact recomputation. */
export function auditTable({ audit }: Results): string {
  const ratio = ({ median, least, most }: Ratio): string =>
    `${median.toFixed(3)} (${least.toFixed(3)} to ${most.toFixed(3)})`;
  const says = ({ both, linearOnly, fullOnly }: Results['audit'][number]['changed']): string =>
    `${both} / ${linearOnly} / ${fullOnly}`;
  const rows = audit.map((row) => [
    row.pair,
    `${row.images}, ${row.groups}`,
    String(row.nodes),
    String(row.replicates),
    ratio(row.allRecallsRatio),
    ratio(row.jackknifeRatio),
    ratio(row.bootstrapRatio),
    `${row.critical.linear.toFixed(2)} / ${row.critical.full.toFixed(2)}`,
    ((row.bootstrapRatio.median * row.critical.linear) / row.critical.full).toFixed(3),
    `${row.status.linear} / ${row.status.full}`,
    says(row.regressed),
    says(row.changed),
  ]);
  const head = [
    'runs',
    'images, groups',
    'nodes',
    'replicates',
    'SE / exact jackknife of AP over all recalls: median (least to most)',
    'SE / exact jackknife of AP at 101 recalls',
    'SE / full bootstrap',
    'critical value, ours / full',
    'SE × critical value / the full one’s, median',
    'verdict, ours / full',
    'regressed nodes: both / ours alone / full alone',
    'changed nodes',
  ];
  return markdown(head, rows);
}

const RATES = [
  'pull requests',
  '`regressed`',
  '`pass`',
  'flagged wrongly',
  'naive: some condition fell > 1',
  'uncorrected 95 % intervals',
  'all intervals hold the truth',
  'wrong among “ruled out”',
];

function rates(tally: Tally): string[] {
  return [
    String(tally.runs),
    share(tally.regressed, tally.runs),
    share(tally.pass, tally.runs),
    share(tally.falseFlag, tally.runs),
    share(tally.naive, tally.runs),
    share(tally.uncorrected, tally.runs),
    share(tally.covered, tally.runs),
    share(tally.wrongClaims, tally.claims),
  ];
}

function isDone({ tally }: { readonly tally: Tally }): boolean {
  return tally.runs >= LEAST_RUNS;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** Neither language nor machine decides. */
function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
