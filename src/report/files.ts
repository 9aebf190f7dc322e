import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import { type Reporter, renderSafely, reporters } from './registry.ts';
import type { Report } from './report.ts';

/** A form of a report and the file that it goes to. */
export interface ReportFile {
  readonly reporter: Reporter;
  readonly file: string;
}

/** Every form that has a file, in one folder. */
export function reportsIn(directory: string): ReportFile[] {
  return reporters.flatMap((reporter) =>
    reporter.file === null ? [] : [{ reporter, file: join(directory, reporter.file) }],
  );
}

/**
 * Writes forms of a report, each tried on its own: one that fails is told and changes no verdict.
 *
 * @param warn Told what could not be written.
 * @returns    Those that were written.
 */
export async function writeReports(
  report: Report,
  wanted: readonly ReportFile[],
  warn: (message: string) => void,
): Promise<ReportFile[]> {
  const written: ReportFile[] = [];
  for (const entry of wanted) {
    const { reporter, file } = entry;
    const rendered = renderSafely(reporter.name, report, reporter.render);
    const problem =
      rendered.kind === 'failed'
        ? rendered.problem
        : await writeFile(file, rendered.text).then(
            () => null,
            (error: unknown) => `cannot write ${file}: ${messageOf(error)}`,
          );
    if (problem === null) written.push(entry);
    else warn(problem);
  }
  return written;
}
