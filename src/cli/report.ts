import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { readRun } from '../baseline/read.ts';
import { runReport } from '../report/alone.ts';
import { renderConsole } from '../report/reporters/console.ts';
import { renderHtml } from '../report/reporters/html.tsx';
import { renderJson } from '../report/reporters/json.ts';
import { note, print, wantsColor } from './shared.ts';

const Flags = z.object({ html: z.string().optional(), json: z.boolean().default(false) });

/** `report`: one model alone. */
export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('show what a run directory says of one model')
    .argument('<run>', 'run directory')
    .option('--html <file>', 'write the page')
    .option('--json', 'print the numbers as JSON')
    .action(async (directory: string, flags: unknown) => {
      const { html, json } = Flags.parse(flags);
      const { manifest } = await readRun(directory);
      const report = runReport(manifest);
      if (html !== undefined) {
        await writeFile(html, renderHtml(report));
        note(`report: ${html}`);
      }
      print(json ? renderJson(report) : renderConsole(report, { color: wantsColor() }));
    });
}
