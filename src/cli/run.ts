import type { Command } from 'commander';
import { z } from 'zod';
import { parseShard, type ShardNumber } from '../baseline/shard.ts';
import { GateError } from '../errors.ts';
import { evaluateModel } from '../candidate.ts';
import { makePlan } from '../plan.ts';
import { runReport } from '../report/alone.ts';
import { evaluateShard } from '../shards.ts';
import { printReport } from './reports.ts';
import { evaluateOptions, note, withEvaluateOptions } from './shared.ts';

const Flags = z.object({ out: z.string(), shard: z.string().optional() });

/** `run`: evaluates the config's model and leaves its run directory. */
export function addRunCommand(program: Command): void {
  withEvaluateOptions(program.command('run'))
    .description('evaluate a model under the suite and leave its run directory')
    .option('--out <dir>', 'the run directory', 'robustness-run')
    .option('--shard <i/n>', 'only this part of the images: `merge` joins the parts')
    .action(async (flags: unknown) => {
      const { out, shard } = Flags.parse(flags);
      if (shard !== undefined) {
        const options = evaluateOptions(flags, out);
        await evaluateShard(await makePlan(options), shardOf(shard), options);
        note(`shard: ${out}`);
        return;
      }
      const run = await evaluateModel(evaluateOptions(flags, out));
      printReport(runReport(run.manifest), false);
      note(`run directory: ${out}`);
    });
}

function shardOf(text: string): ShardNumber {
  const shard = parseShard(text);
  if (shard === null) {
    throw new GateError('usage', {
      message: `--shard: expected a part like 1/4, found "${text}"`,
      fix: 'parts are counted from 1; at most 256',
    });
  }
  return shard;
}
