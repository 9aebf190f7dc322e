import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { readRun } from '../baseline/read.ts';
import { GateError, messageOf } from '../errors.ts';
import { cocoFiles, csvFiles, type ExportFile } from '../report/export.ts';
import { findCondition } from './names.ts';
import { note } from './shared.ts';

const Flags = z.object({
  coco: z.string().optional(),
  csv: z.string().optional(),
  condition: z.array(z.string()).default([]),
});

/** `export`: a run for other tools. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('write a run’s ground truth, detections and numbers for other tools')
    .argument('<run>', 'run directory')
    .option('--coco <dir>', 'COCO JSON for pycocotools and FiftyOne, two files for each condition')
    .option('--csv <dir>', 'metrics.csv and detections.csv')
    .option('--condition <ids...>', 'these conditions alone, such as clean darkness/3')
    .action(async (directory: string, flags: unknown) => {
      const { coco, csv, condition } = Flags.parse(flags);
      if (coco === undefined && csv === undefined) {
        throw new GateError('usage', {
          message: 'nothing to write',
          fix: 'give --coco DIR, or --csv DIR, or both',
        });
      }
      const run = await readRun(directory);
      const all = run.manifest.suite.conditions;
      const chosen = condition.map((id) => all.indexOf(findCondition(run.manifest, id)));
      const conditions = chosen.length > 0 ? chosen : [...all.keys()];
      if (coco !== undefined) await writeAll(coco, cocoFiles(run, conditions));
      if (csv !== undefined) await writeAll(csv, csvFiles(run, conditions));
    });
}

async function writeAll(directory: string, files: readonly ExportFile[]): Promise<void> {
  for (const { path, pieces } of files) {
    const file = join(directory, path);
    try {
      await mkdir(dirname(file), { recursive: true });
      await pipeline(Readable.from(pieces()), createWriteStream(file));
    } catch (error) {
      if (error instanceof GateError) throw error;
      const message = `cannot write ${file}: ${messageOf(error)}`;
      throw new GateError('usage', { message }, { cause: error });
    }
  }
  note(`${files.length} files: ${directory}`);
}
