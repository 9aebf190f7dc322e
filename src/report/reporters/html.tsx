import { renderToString } from 'preact-render-to-string';
import { metrics } from '../../compare/metric.ts';
import { classDropsCsv, nodesCsv } from '../csv.ts';
import { plain } from '../escape.ts';
import { curveFamilies } from '../html/curve-data.ts';
import { CurvePart } from '../html/curves.tsx';
import { type Download, DownloadPart } from '../html/downloads.tsx';
import { EffectPart } from '../html/effects.tsx';
import { ErrorPart, pairErrors } from '../html/errors.tsx';
import { failureText, GalleryPart } from '../html/gallery.tsx';
import { Head } from '../html/head.tsx';
import { HeatPart } from '../html/heatmap.tsx';
import { InformationPart } from '../html/information.tsx';
import { MethodPart } from '../html/method.tsx';
import type { ShownModel } from '../html/models.tsx';
import { NumberPart } from '../html/numbers.tsx';
import { PageFrame } from '../html/parts.tsx';
import { ReferencePart } from '../html/reference.tsx';
import { switchCss } from '../html/style-gallery.ts';
import { TablePart } from '../html/tables.tsx';
import { VerdictPart } from '../html/verdict.tsx';
import type { Report } from '../report.ts';
import { shownNodes } from '../single.ts';
import { headline, metricOf } from '../words.ts';
import { renderJson } from './json.ts';

/** The report: one HTML file without scripts, which loads nothing. */
export function renderHtml(report: Report): string {
  return `<!doctype html>\n${renderToString(<Page report={report} />)}\n`;
}

function Page({ report }: { report: Report }) {
  const { candidate, comparison, losses, pictures, noPictures } = report;
  const title = `${headline(report).word}: Robustness Gate`;
  const models = modelsOf(report);
  return (
    <html lang="en">
      <Head title={title} style={switchCss(models.length)} />
      <PageFrame
        name={report.name === 'default' ? '' : plain(report.name)}
        parts={partsOf(report)}
        tool={plain(candidate.tool)}
      >
        <VerdictPart report={report} />
        <TablePart report={report} />
        <ReferencePart report={report} />
        <EffectPart report={report} />
        <CurvePart
          families={curveFamilies(report)}
          models={models}
          scale={metrics[metricOf(report)].scale}
        />
        <HeatPart
          sources={comparison ? [{ label: '', title: '', comparison }] : []}
          conditions={candidate.suite.conditions}
        />
        <GalleryPart
          pictures={pictures}
          models={models}
          failures={comparison?.failures ?? losses}
          say={failureText}
          reason={noPictures}
        />
        <ErrorPart
          errors={pairErrors(comparison)}
          conditions={candidate.suite.conditions}
          labels={['baseline', 'candidate']}
        />
        <MethodPart report={report} />
        <InformationPart report={report} />
        <NumberPart report={report} />
        <DownloadPart
          files={filesOf(report)}
          command={
            comparison
              ? 'robustness-gate compare BASELINE RUN --json'
              : 'robustness-gate report RUN --json'
          }
        />
      </PageFrame>
    </html>
  );
}

function modelsOf({ comparison }: Report): ShownModel[] {
  const labels = comparison ? ['baseline', 'candidate'] : ['model'];
  return labels.map((label) => ({ label, title: label }));
}

function filesOf(report: Report): Download[] {
  const { comparison, candidate } = report;
  const csv = (name: string, title: string, text: string): Download => ({
    name,
    type: 'text/csv',
    title,
    text,
  });
  return [
    csv(
      'numbers.csv',
      'every row of all numbers',
      nodesCsv(shownNodes(candidate, comparison?.nodes ?? null)),
    ),
    ...(comparison && comparison.classDrops.length > 0
      ? [csv('classes.csv', 'drop of each class', classDropsCsv(comparison))]
      : []),
    {
      name: 'verdict.json',
      type: 'application/json',
      title: 'all of the report',
      text: renderJson(report),
    },
  ];
}

function partsOf(report: Report): (readonly [string, string])[] {
  const { comparison, reference, effects, losses, pictures } = report;
  const compared = comparison !== null && !comparison.identical;
  const failed = pictures.length + (comparison?.failures ?? losses).length > 0;
  const parts: [boolean, string, string][] = [
    [true, 'numbers-first', 'Classes'],
    [reference !== null, 'reference', 'Reference'],
    [effects.length > 0, 'augmentations', 'Augmentations'],
    [report.candidate.suite.conditions.length > 1, 'severity', 'Severity'],
    [compared && comparison.classDrops.length > 1, 'heat', 'Heat map'],
    [failed, 'failures', 'Failures'],
    [compared && comparison.errors.length > 0, 'errors', 'Errors'],
    [comparison !== null, 'sure', 'How sure'],
    [true, 'settings', 'Settings'],
    [compared, 'information', 'More numbers'],
    [true, 'numbers', 'Numbers'],
    [true, 'data', 'Data'],
  ];
  return parts.filter(([shown]) => shown).map(([, id, title]) => [id, title] as const);
}
