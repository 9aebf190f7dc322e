import type { Command } from 'commander';
import { z } from 'zod';
import { reportsIn, writeReports } from '../report/files.ts';
import type { BaseConfig } from '../config/integrity.ts';
import { loadConfig } from '../config/load.ts';
import { runGate } from '../gate.ts';
import { printReport, warn } from './reports.ts';
import {
  baselineIn,
  evaluateOptions,
  note,
  outputPaths,
  today,
  withEvaluateOptions,
} from './shared.ts';

const Flags = z.object({
  out: z.string(),
  baseline: z.string(),
  baseConfig: z.string().optional(),
  json: z.boolean().default(false),
});

/** `gate`: what the action does, on your own machine. */
export function addGateCommand(program: Command): void {
  withEvaluateOptions(program.command('gate'))
    .description(
      'evaluate a model, compare it with a baseline and judge: exit code 1 when it fails',
    )
    .requiredOption('--baseline <dir>', 'run directory of the baseline')
    .option(
      '--base-config <file>',
      'the config of the base commit: the stricter gate of both counts, as on a pull request',
    )
    .option(
      '--out <dir>',
      'where the run directory goes, report.html and every other form of the report',
      'robustness-output',
    )
    .option('--json', 'print the verdict as JSON')
    .action(async (flags: unknown) => {
      const { out, baseline, baseConfig, json } = Flags.parse(flags);
      const paths = outputPaths(out);
      const result = await runGate({
        ...evaluateOptions(flags, paths.candidate),
        findBaseline: async () => baselineIn(baseline),
        findReference: async (directory) => baselineIn(directory),
        baseConfig: await baseConfigIn(baseConfig ?? null),
        today: today(),
        onRefused: 'error',
        mayStopEarly: true,
        failWithoutBaseline: true,
      });
      await writeReports(result.report, reportsIn(out), warn);
      printReport(result.report, json);
      note(`report: ${paths.report}`);
      if (result.verdict.failed) process.exitCode = 1;
    });
}

async function baseConfigIn(file: string | null): Promise<BaseConfig> {
  return file === null
    ? { kind: 'none' }
    : { kind: 'found', description: file, config: await loadConfig(file) };
}
