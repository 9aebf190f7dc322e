import { renderToString } from 'preact-render-to-string';
import { metrics } from '../../compare/metric.ts';
import { MAX_SENTENCE, plain } from '../escape.ts';
import { share } from '../format.ts';
import { curveFamiliesOf } from '../html/curve-data.ts';
import { CurvePart } from '../html/curves.tsx';
import { DownloadPart } from '../html/downloads.tsx';
import { GalleryPart } from '../html/gallery.tsx';
import { Head } from '../html/head.tsx';
import type { ShownModel } from '../html/models.tsx';
import { PageFrame, Part } from '../html/parts.tsx';
import { StandingsChart } from '../html/standings.tsx';
import { classRows, ClassTable } from '../html/tables.tsx';
import { placeLegend, type SeveralReport, severalScale, severalSentence } from '../several.ts';
import { statusMarks } from '../words.ts';
import { renderSeveralJson } from './several-json.ts';

/** Several runs side by side: one HTML file without scripts, which loads nothing. */
export function renderSeveralHtml(report: SeveralReport): string {
  return `<!doctype html>\n${renderToString(<Page report={report} />)}\n`;
}

function Page({ report }: { report: SeveralReport }) {
  const { runs, comparison, pictures, noPictures } = report;
  const models = modelsOf(report);
  const failures = comparison.againstFirst.flatMap((against) => against.failures.slice(0, 6));
  const curves = curveFamiliesOf(runs.map(({ manifest }) => manifest));
  return (
    <html lang="en">
      <Head title={`${runs.length} runs side by side: Robustness Gate`} />
      <PageFrame
        name="side by side"
        parts={partsOf(curves.length > 0, pictures.length + failures.length > 0)}
        tool={plain(runs[0]?.manifest.tool ?? '')}
      >
        <section class="verdict no-baseline" aria-labelledby="sentence">
          <h1 id="sentence">{plain(severalSentence(report), MAX_SENTENCE)}</h1>
          <p class="lead">
            {severalScale(report)}. {placeLegend}, at {share(1 - comparison.alpha)}.
          </p>
          <StandingsChart report={report} models={models} />
        </section>
        <VerdictsPart report={report} models={models} />
        <ClassesPart report={report} models={models} />
        <CurvePart families={curves} models={models} scale={metrics.map.scale} />
        <GalleryPart pictures={pictures} models={models} failures={failures} reason={noPictures} />
        <DownloadPart
          files={[
            {
              name: 'comparison.json',
              type: 'application/json',
              title: 'all of the report',
              text: renderSeveralJson(report),
            },
          ]}
          command="robustness-gate compare A B C --json"
        />
      </PageFrame>
    </html>
  );
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function modelsOf({ runs }: SeveralReport): ShownModel[] {
  return runs.map(({ name }, index) => ({
    label: LETTERS[index] ?? String(index + 1),
    title: plain(name),
  }));
}

function partsOf(curves: boolean, failed: boolean): (readonly [string, string])[] {
  const parts: [boolean, string, string][] = [
    [true, 'verdicts', 'Verdicts'],
    [true, 'numbers-first', 'Classes'],
    [curves, 'severity', 'Severity'],
    [failed, 'failures', 'Failures'],
    [true, 'data', 'Data'],
  ];
  return parts.filter(([shown]) => shown).map(([, id, title]) => [id, title] as const);
}

interface PartProps {
  report: SeveralReport;
  models: readonly ShownModel[];
}

function ClassesPart({ report: { runs }, models }: PartProps) {
  const rows = classRows(runs.map(({ manifest }) => manifest));
  return (
    <Part
      id="numbers-first"
      title="Class by class"
      lead="AP@[.50:.95] × 100 on clean images and as the mean over all families. Single classes are not judged."
    >
      <ClassTable
        labels={models.map(({ label }) => label)}
        all={null}
        classes={rows.filter(({ clean }) => clean.some((value) => value !== null))}
      />
    </Part>
  );
}

function VerdictsPart({ report: { runs }, models }: PartProps) {
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
                {statusMarks[verdict.status].shape} <b>{statusMarks[verdict.status].word}</b>.{' '}
                {plain(verdict.sentence, MAX_SENTENCE)}
              </dd>
            </>
          ) : null,
        )}
      </dl>
    </Part>
  );
}
