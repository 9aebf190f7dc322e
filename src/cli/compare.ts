import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { compareDirectories } from '../gate.ts';
import { renderConsole } from '../report/reporters/console.ts';
import { renderHtml } from '../report/reporters/html.tsx';
import { renderJson } from '../report/reporters/json.ts';
import { note, print, wantsColor } from './shared.ts';

const Flags = z.object({
  config: z.string().optional(),
  html: z.string().optional(),
  json: z.boolean().default(false),
});

/** `compare`: the verdict of two run directories. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description(
      'judge a candidate’s run directory against a baseline’s: exit code 1 when it fails',
    )
    .argument('<baseline>', 'run directory')
    .argument('<candidate>', 'run directory')
    .option('-c, --config <file>', 'take the gate’s margins from this config')
    .option('--html <file>', 'also write the report')
    .option('--json', 'print the verdict as JSON')
    .action(async (baseline: string, candidate: string, flags: unknown) => {
      const { config, html, json } = Flags.parse(flags);
      const report = await compareDirectories(baseline, candidate, config ?? null);
      if (html !== undefined) {
        await writeFile(html, renderHtml(report));
        note(`report: ${html}`);
      }
      print(json ? renderJson(report) : renderConsole(report, { color: wantsColor() }));
      if (report.verdict.failed) process.exitCode = 1;
    });
}
