import type { Command } from 'commander';
import { z } from 'zod';
import { renderValidation } from '../report/reporters/validation-console.ts';
import { validateGate } from '../validate/validate.ts';
import { evaluateOptions, print, withEvaluateOptions } from './shared.ts';

const Flags = z.object({ baseline: z.string().optional(), json: z.boolean().default(false) });

/** `validate`: what can be known before a run. */
export function addValidateCommand(program: Command): void {
  withEvaluateOptions(program.command('validate'))
    .description(
      'check config, data set and model, and tell what a run will cost and how small a drop it can show',
    )
    .option('--baseline <dir>', 'run directory that the forecast is computed from')
    .option('--json', 'print the findings as JSON')
    .action(async (flags: unknown) => {
      const { baseline, json } = Flags.parse(flags);
      const validation = await validateGate({
        ...evaluateOptions(flags, ''),
        baseline: baseline ?? null,
        now: () => performance.now() / 1000,
      });
      print(json ? JSON.stringify(validation, null, 2) : renderValidation(validation));
    });
}
