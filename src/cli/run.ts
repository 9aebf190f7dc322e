import type { Command } from 'commander';
import { z } from 'zod';
import { evaluateModel } from '../gate.ts';
import { runReport } from '../report/alone.ts';
import { printReport } from './reports.ts';
import { evaluateOptions, note, withEvaluateOptions } from './shared.ts';

const Flags = z.object({ out: z.string() });

/** `run`: evaluates the config's model and leaves its run directory. */
export function addRunCommand(program: Command): void {
  withEvaluateOptions(program.command('run'))
    .description('evaluate a model under the suite and leave its run directory')
    .option('--out <dir>', 'the run directory', 'robustness-run')
    .action(async (flags: unknown) => {
      const { out } = Flags.parse(flags);
      const run = await evaluateModel(evaluateOptions(flags, out));
      printReport(runReport(run.manifest), false);
      note(`run directory: ${out}`);
    });
}
