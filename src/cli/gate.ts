import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import type { BaseConfig } from '../config/integrity.ts';
import { loadConfig } from '../config/load.ts';
import { runGate } from '../gate.ts';
import { renderConsole } from '../report/reporters/console.ts';
import { renderComment } from '../report/reporters/comment.ts';
import { renderHtml } from '../report/reporters/html.tsx';
import { renderJson } from '../report/reporters/json.ts';
import {
  baselineIn,
  evaluateOptions,
  note,
  outputPaths,
  print,
  today,
  wantsColor,
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
      'where the run directory, report.html and comment.md go',
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
      await writeFile(paths.report, renderHtml(result.report));
      await writeFile(paths.comment, renderComment(result.report));
      print(
        json ? renderJson(result.report) : renderConsole(result.report, { color: wantsColor() }),
      );
      note(`report: ${paths.report}`);
      if (result.verdict.failed) process.exitCode = 1;
    });
}

async function baseConfigIn(file: string | null): Promise<BaseConfig> {
  return file === null
    ? { kind: 'none' }
    : { kind: 'found', description: file, config: await loadConfig(file) };
}
