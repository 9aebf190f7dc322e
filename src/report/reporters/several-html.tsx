import { renderToString } from 'preact-render-to-string';
import { metrics } from '../../compare/metric.ts';
import { runClassDropsCsv, runNodesCsv } from '../csv.ts';
import { MAX_SENTENCE, plain } from '../escape.ts';
import { share } from '../format.ts';
import { curveFamiliesOf } from '../html/curve-data.ts';
import { CurvePart } from '../html/curves.tsx';
import { type Download, DownloadPart } from '../html/downloads.tsx';
import { ErrorPart, severalErrors } from '../html/errors.tsx';
import { failureText, GalleryPart } from '../html/gallery.tsx';
import { Head } from '../html/head.tsx';
import { HeatPart, type HeatSource, heatSources } from '../html/heatmap.tsx';
import type { ShownModel } from '../html/models.tsx';
import { PageFrame } from '../html/parts.tsx';
import { ClassesPart, RunsPart, SeveralNumberPart, VerdictsPart } from '../html/several.tsx';
import { StandingsChart } from '../html/standings.tsx';
import { switchCss } from '../html/style-gallery.ts';
import { MOST_TOLD, type SeveralExample, severalExamples } from '../images.ts';
import {
  placeLegend,
  type SeveralReport,
  severalScale,
  severalSentence,
  shownNames,
  tooFewGroups,
} from '../several.ts';
import { renderSeveralJson } from './several-json.ts';

/** Several runs side by side: one HTML file without scripts, which loads nothing. */
export function renderSeveralHtml(report: SeveralReport): string {
  return `<!doctype html>\n${renderToString(<Page report={report} />)}\n`;
}

function Page({ report }: { report: SeveralReport }) {
  const { runs, comparison, pictures, noPictures } = report;
  const models = modelsOf(report);
  const labels = models.map(({ label }) => label);
  const failures = severalExamples(comparison, MOST_TOLD);
  const curves = curveFamiliesOf(runs.map(({ manifest }) => manifest));
  const conditions = runs[0]?.manifest.suite.conditions ?? [];
  const heat = heatOf(report, models);
  const errors = severalErrors(comparison.againstFirst);
  const parts = partsOf({
    severity: curves.length > 0,
    heat: heatSources(heat).length > 0,
    failures: pictures.length + failures.length > 0,
    errors: errors.length > 0,
  });
  return (
    <html lang="en">
      <Head
        title={`${runs.length} runs side by side: Robustness Gate`}
        style={switchCss(models.length)}
      />
      <PageFrame name="side by side" parts={parts} tool={plain(runs[0]?.manifest.tool ?? '')}>
        <section class="verdict no-baseline" aria-labelledby="sentence">
          <h1 id="sentence">{plain(severalSentence(report), MAX_SENTENCE)}</h1>
          <p class="lead">
            {severalScale(report)}. {placeLegend}, at {share(1 - comparison.alpha)}.{' '}
            {tooFewGroups(report)}
          </p>
          <StandingsChart report={report} models={models} />
        </section>
        <VerdictsPart report={report} models={models} />
        <ClassesPart report={report} models={models} />
        <CurvePart families={curves} models={models} scale={metrics.map.scale} />
        <HeatPart sources={heat} conditions={conditions} />
        <GalleryPart
          pictures={pictures}
          models={models}
          failures={failures}
          say={(example) => changesText(example, labels)}
          reason={noPictures}
        />
        <ErrorPart errors={errors} conditions={conditions} labels={labels} />
        <RunsPart report={report} models={models} />
        <SeveralNumberPart report={report} models={models} />
        <DownloadPart files={filesOf(report)} command="robustness-gate compare A B C --json" />
      </PageFrame>
    </html>
  );
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function modelsOf(report: SeveralReport): ShownModel[] {
  return shownNames(report).map((name, index) => ({
    label: LETTERS[index] ?? String(index + 1),
    title: plain(name),
  }));
}

function heatOf({ comparison }: SeveralReport, models: readonly ShownModel[]): HeatSource[] {
  const [first] = models;
  return comparison.againstFirst.map((against, index) => {
    const other = models[index + 1];
    return {
      label: `${first?.label ?? ''} to ${other?.label ?? ''}`,
      title: `From ${first?.title ?? ''} to ${other?.title ?? ''}`,
      comparison: against,
    };
  });
}

/** `B loses Person; C no longer loses vehicle`. */
function changesText({ changes }: SeveralExample, labels: readonly string[]): string {
  return changes.map((change) => `${labels[change.run]} ${failureText(change)}`).join('; ');
}

function partsOf(
  shown: Record<'severity' | 'heat' | 'failures' | 'errors', boolean>,
): (readonly [string, string])[] {
  const parts: [boolean, string, string][] = [
    [true, 'verdicts', 'Verdicts'],
    [true, 'numbers-first', 'Classes'],
    [shown.severity, 'severity', 'Severity'],
    [shown.heat, 'heat', 'Heat map'],
    [shown.failures, 'failures', 'Failures'],
    [shown.errors, 'errors', 'Errors'],
    [true, 'settings', 'Settings'],
    [true, 'numbers', 'Numbers'],
    [true, 'data', 'Data'],
  ];
  return parts.filter(([there]) => there).map(([, id, title]) => [id, title] as const);
}

function filesOf(report: SeveralReport): Download[] {
  const { runs, comparison } = report;
  const drops = comparison.againstFirst.map((against, index) => ({
    name: runs[index + 1]?.name ?? '',
    comparison: against,
  }));
  return [
    {
      name: 'numbers.csv',
      type: 'text/csv',
      title: 'every row of all numbers, run by run',
      text: runNodesCsv(runs),
    },
    {
      name: 'classes.csv',
      type: 'text/csv',
      title: 'drop of each class, run by run',
      text: runClassDropsCsv(drops),
    },
    {
      name: 'comparison.json',
      type: 'application/json',
      title: 'all of the report',
      text: renderSeveralJson(report),
    },
  ];
}
