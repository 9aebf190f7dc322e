import type { Command } from 'commander';
import { z } from 'zod';
import { runReport } from '../report/alone.ts';
import { renderConsole } from '../report/reporters/console.ts';
import { mergeShards } from '../shards.ts';
import { note, print, progressOf, quietOption, wantsColor } from './shared.ts';

const Flags = z.object({ out: z.string(), quiet: z.boolean().default(false) });

/** `merge`: joins the shards of a run. */
export function addMergeCommand(program: Command): void {
  program
    .command('merge')
    .description('join the shards of a run: the same bytes as of the run that was never sharded')
    .argument('<shard...>', 'directories that `run --shard` left, in any order')
    .option('--out <dir>', 'the run directory', 'robustness-run')
    .addOption(quietOption())
    .action(async (shards: unknown, flags: unknown) => {
      const { out, quiet } = Flags.parse(flags);
      const run = await mergeShards(z.array(z.string()).parse(shards), out, progressOf(quiet));
      print(renderConsole(runReport(run.manifest), { color: wantsColor() }));
      note(`run directory: ${out}`);
    });
}
