import type { Command } from 'commander';
import { z } from 'zod';
import { readRun } from '../baseline/read.ts';
import { loadConfig } from '../config/load.ts';
import { runReport } from '../report/alone.ts';
import { writeReports } from '../report/files.ts';
import { showFailures } from '../report/images.ts';
import { findImages } from './images.ts';
import { printReport, wantedReports, warn, withReporterOptions } from './reports.ts';
import { note, originOption, progressOf, quietOption } from './shared.ts';

const Flags = z.object({
  config: z.string().optional(),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
  predictorOrigin: z.array(z.string()).default([]),
});

/** `report`: one model alone. */
export function addReportCommand(program: Command): void {
  withReporterOptions(program.command('report'))
    .description('show what a run directory says of one model')
    .argument('<run>', 'run directory')
    .option('-c, --config <file>', 'take the images of --html from this config’s data set')
    .option('--json', 'print the numbers as JSON')
    .addOption(originOption())
    .addOption(quietOption())
    .action(async (directory: string, flags: unknown) => {
      const { config: file, json, quiet, predictorOrigin } = Flags.parse(flags);
      const config = file === undefined ? null : await loadConfig(file);
      const wanted = wantedReports(flags);
      const images = await findImages(wanted, config, file ?? '', predictorOrigin);
      const run = await readRun(directory);
      const failures = await showFailures(null, null, run, images, progressOf(quiet));
      const report = runReport(run.manifest, failures);
      const written = await writeReports(report, wanted, warn);
      for (const { reporter, file: name } of written) note(`${reporter.name}: ${name}`);
      printReport(report, json);
      // There is no verdict that matters more.
      if (written.length < wanted.length) process.exitCode = 2;
    });
}
