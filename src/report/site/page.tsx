import { renderToString } from 'preact-render-to-string';
import { MAX_SENTENCE, plain } from '../escape.ts';
import { count, points, signed } from '../format.ts';
import { Head } from '../html/head.tsx';
import { Part } from '../html/parts.tsx';
import { statusMarks } from '../words.ts';
import { changeOf, familiesOf, runTitle, type SiteGate, type SiteRun, valueOf } from './runs.ts';
import { siteCss } from './style.ts';
import { ReportLink, RunTable } from './table.tsx';
import { Trend } from './trend.tsx';

/** Runs that the table shows at once; the older ones are in a fold-out. */
const MOST_ROWS = 60;

/** The index of a history: one HTML page without scripts, which loads nothing. */
export function renderSite(gates: readonly SiteGate[]): string {
  return `<!doctype html>\n${renderToString(<Page gates={gates} />)}\n`;
}

function Page({ gates }: { gates: readonly SiteGate[] }) {
  return (
    <html lang="en">
      <Head title="Robustness history" style={siteCss} />
      <body>
        <header class="top">
          <span>
            <b>Robustness Gate</b> history
          </span>
          {gates.length > 1 ? (
            <nav aria-label="Gates">
              {gates.map(({ name }, i) => (
                <a href={`#gate-${i}`}>{plain(name)}</a>
              ))}
            </nav>
          ) : null}
        </header>
        <main>
          {gates.map((gate, i) => (
            <Gate
              gate={gate}
              id={`gate-${i}`}
              named={gates.length > 1 || gate.name !== 'default'}
            />
          ))}
          <footer>Made by Robustness Gate. No scripts, no requests.</footer>
        </main>
      </body>
    </html>
  );
}

function Gate({ gate: { name, runs }, id, named }: { gate: SiteGate; id: string; named: boolean }) {
  const newest = runs.at(-1);
  if (!newest) return null;
  const of = named ? ` · ${plain(name)}` : '';
  return (
    <div id={id}>
      <Newest runs={runs} run={newest} name={named ? plain(name) : null} id={id} />
      <Part
        id={`${id}-trend`}
        title={`Over time${of}`}
        lead="Each model alone, on the data set as it was then. A dotted line is where images, labels or suite changed: numbers on its two sides cannot be held against each other."
      >
        <Legend />
        <Chart runs={runs} title="mAP × 100" levels={['clean', 'overall']} of="map" />
        <Chart runs={runs} title="Risk score, lower is better" levels={['overall']} of="risk" />
      </Part>
      <Families runs={runs} id={id} of={of} />
      <Part id={`${id}-runs`} title={`Runs (${runs.length})${of}`}>
        <RunTable runs={runs} newestFirst={[...runs.keys()].reverse().slice(0, MOST_ROWS)} />
        {runs.length > MOST_ROWS ? (
          <details>
            <summary>{count(runs.length - MOST_ROWS, 'older run')}</summary>
            <RunTable runs={runs} newestFirst={[...runs.keys()].reverse().slice(MOST_ROWS)} />
          </details>
        ) : null}
      </Part>
    </div>
  );
}

function Newest(props: {
  runs: readonly SiteRun[];
  run: SiteRun;
  name: string | null;
  id: string;
}) {
  const { runs, run, name, id } = props;
  const { verdict, candidate, dataset, suite } = run.entry;
  const { shape, word } = statusMarks[verdict.status];
  return (
    <section class={`verdict ${verdict.status}`} aria-labelledby={`${id}-title`}>
      <div class="badge">
        <span aria-hidden="true">{shape}</span>
        {name === null ? word : `${name}: ${word}`}
      </div>
      <h1 id={`${id}-title`}>{plain(verdict.sentence, MAX_SENTENCE)}</h1>
      <p class="who">
        {runTitle(run)} · model <b>{plain(candidate.model.file)}</b> ·{' '}
        {count(dataset.images, 'image')}, {count(suite.conditions.length, 'condition')}
        {run.report === null ? null : (
          <>
            {' · '}
            <ReportLink run={run} text="open its report" />
          </>
        )}
      </p>
      <dl class="cards">
        <Card runs={runs} title="Risk score, lower is better" of="risk" level="overall" />
        <Card runs={runs} title="mAP on clean images" of="map" level="clean" />
        <Card runs={runs} title="mAP on perturbed images" of="map" level="overall" />
      </dl>
    </section>
  );
}

function Card(props: {
  runs: readonly SiteRun[];
  title: string;
  of: 'map' | 'risk';
  level: string;
}) {
  const { runs, title, of, level } = props;
  const last = runs.length - 1;
  const now = valueOf(runs[last]!, of, level);
  if (now === null) return null;
  const before =
    last > 0 && changeOf(runs, last) === null ? valueOf(runs[last - 1]!, of, level) : null;
  return (
    <div>
      <dt>{title}</dt>
      <dd class="big">{points(now)}</dd>
      <dd class="small">
        {before === null
          ? 'no run before that can be held against it'
          : `${signed(now - before)} since the run before`}
      </dd>
    </div>
  );
}

function Legend() {
  const items = [
    { kind: 'overall', text: 'perturbed images (mean over families)' },
    { kind: 'clean', text: 'clean images' },
  ];
  return (
    <ul class="legend trend">
      {items.map(({ kind, text }) => (
        <li>
          <svg style="width:34px" height="10" aria-hidden="true" class={`t-${kind}`}>
            <path d="M0 5H34" />
          </svg>
          {text}
        </li>
      ))}
      {Object.values(statusMarks).map(({ shape, word }) => (
        <li>
          <b aria-hidden="true">{shape}</b> {word}
        </li>
      ))}
    </ul>
  );
}

function Chart(props: {
  runs: readonly SiteRun[];
  title: string;
  levels: readonly ('clean' | 'overall')[];
  of: 'map' | 'risk';
}) {
  const { runs, title, levels, of } = props;
  const series = levels.map((level) => ({
    kind: of === 'risk' ? ('risk' as const) : level,
    title: level === 'clean' ? 'clean' : of === 'risk' ? 'risk' : 'perturbed',
    values: runs.map((run) => valueOf(run, of, level)),
  }));
  if (series.every(({ values }) => values.every((value) => value === null))) return null;
  return (
    <div class="trend">
      <h3>{title}</h3>
      <Trend runs={runs} series={series} height={of === 'map' ? 220 : 120} marks={of === 'map'} />
    </div>
  );
}

function Families({ runs, id, of }: { runs: readonly SiteRun[]; id: string; of: string }) {
  const families = familiesOf(runs);
  if (families.length === 0) return null;
  return (
    <Part
      id={`${id}-families`}
      title={`Families${of}`}
      lead="mAP × 100 under each family of perturbations."
    >
      <div class="trends">
        {families.map((family) => {
          const values = runs.map((run) => valueOf(run, 'map', 'family', family));
          return (
            <figure class="trend">
              <figcaption>
                {plain(family)} <span>{points(values.at(-1) ?? null)}</span>
              </figcaption>
              <Trend
                runs={runs}
                series={[{ kind: 'overall', title: plain(family), values }]}
                height={80}
                marks={false}
              />
            </figure>
          );
        })}
      </div>
    </Part>
  );
}
