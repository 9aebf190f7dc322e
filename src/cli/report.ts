import type { Command } from 'commander';
import { z } from 'zod';
import { writeReports } from '../report/files.ts';
import { readRun } from '../baseline/read.ts';
import { runReport } from '../report/alone.ts';
import { printReport, wantedReports, warn, withReporterOptions } from './reports.ts';
import { note } from './shared.ts';

const Flags = z.object({ json: z.boolean().default(false) });

/** `report`: one model alone. */
export function addReportCommand(program: Command): void {
  withReporterOptions(program.command('report'))
    .description('show what a run directory says of one model')
    .argument('<run>', 'run directory')
    .option('--json', 'print the numbers as JSON')
    .action(async (directory: string, flags: unknown) => {
      const { manifest } = await readRun(directory);
      const report = runReport(manifest);
      const wanted = wantedReports(flags);
      const written = await writeReports(report, wanted, warn);
      for (const { reporter, file } of written) note(`${reporter.name}: ${file}`);
      printReport(report, Flags.parse(flags).json);
      // There is no verdict that matters more.
      if (written.length < wanted.length) process.exitCode = 2;
    });
}
