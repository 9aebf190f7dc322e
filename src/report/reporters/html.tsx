import { renderToString } from 'preact-render-to-string';
import { plain } from '../escape.ts';
import { ClassPart } from '../html/classes.tsx';
import { CurvePart } from '../html/curves.tsx';
import { EffectPart } from '../html/effects.tsx';
import { FamilyPart } from '../html/families.tsx';
import { GalleryPart } from '../html/gallery.tsx';
import { Head } from '../html/head.tsx';
import { InformationPart } from '../html/information.tsx';
import { MethodPart } from '../html/method.tsx';
import { NumberPart } from '../html/numbers.tsx';
import { ReferencePart } from '../html/reference.tsx';
import { VerdictPart } from '../html/verdict.tsx';
import type { Report } from '../report.ts';
import { statusMarks } from '../words.ts';

/** The report: one HTML file without scripts, which loads nothing. */
export function renderHtml(report: Report): string {
  return `<!doctype html>\n${renderToString(<Page report={report} />)}\n`;
}

function Page({ report }: { report: Report }) {
  const title = `${statusMarks[report.verdict.status].word}: Robustness Gate`;
  const name = report.name === 'default' ? '' : plain(report.name);
  return (
    <html lang="en">
      <Head title={title} />
      <body>
        <div class="top">
          <span>
            <b>Robustness Gate</b> {name}
          </span>
          <Navigation report={report} />
        </div>
        <main>
          <VerdictPart report={report} />
          {report.comparison?.identical ? null : <FamilyPart report={report} />}
          <ReferencePart report={report} />
          <EffectPart report={report} />
          <ClassPart report={report} />
          <CurvePart report={report} />
          <GalleryPart report={report} />
          <MethodPart report={report} />
          <InformationPart report={report} />
          <NumberPart report={report} />
          <footer>
            Made by Robustness Gate {plain(report.candidate.tool)}. No scripts, no requests.
          </footer>
        </main>
      </body>
    </html>
  );
}

function Navigation({ report }: { report: Report }) {
  const { comparison } = report;
  const parts = [
    comparison?.identical ? null : ['families', 'Families'],
    report.reference ? ['reference', 'Reference'] : null,
    report.effects.length > 0 ? ['augmentations', 'Augmentations'] : null,
    ['classes', 'Classes'],
    ['severity', 'Severity'],
    comparison && comparison.failures.length > 0 ? ['failures', 'Failures'] : null,
    comparison ? ['sure', 'How sure'] : null,
    ['settings', 'Settings'],
    comparison && !comparison.identical ? ['information', 'More numbers'] : null,
    ['numbers', 'All numbers'],
  ].filter((part) => part !== null);
  return (
    <nav aria-label="Parts of the report">
      {parts.map(([id, title]) => (
        <a href={`#${id}`}>{title}</a>
      ))}
    </nav>
  );
}
