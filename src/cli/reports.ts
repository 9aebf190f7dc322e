import type { Command } from 'commander';
import { z } from 'zod';
import type { ReportFile } from '../report/files.ts';
import { renderSafely, reporters } from '../report/registry.ts';
import type { Report } from '../report/report.ts';
import { renderConsole } from '../report/reporters/console.ts';
import { renderJson } from '../report/reporters/json.ts';
import { note, print, screenWidth, wantsColor } from './shared.ts';

/** Adds `--NAME FILE` for every form of a report that goes to a file. */
export function withReporterOptions(command: Command): Command {
  for (const { name, title, option } of reporters) {
    if (option) command.option(`--${name} <file>`, `write ${title}`);
  }
  return command;
}

/** The forms that the options of `withReporterOptions` ask for. */
export function wantedReports(flags: unknown): ReportFile[] {
  const files = z.record(z.string(), z.unknown()).parse(flags);
  return reporters.flatMap((reporter) => {
    const file = files[reporter.name];
    return reporter.option && typeof file === 'string' ? [{ reporter, file }] : [];
  });
}

/** Tells what went wrong and stops nothing. */
export function warn(problem: string): void {
  note(`warning: ${problem}`);
}

/** Prints the report on stdout: as JSON, or as the terminal's table. */
export function printReport(report: Report, json: boolean): void {
  const screen = { color: wantsColor(), width: screenWidth() };
  const rendered = renderSafely(json ? 'the JSON document' : 'the table', report, (of) =>
    json ? renderJson(of) : renderConsole(of, screen),
  );
  if (rendered.kind === 'text') return print(rendered.text);
  warn(rendered.problem);
  note(report.verdict.sentence);
}
