import type { Command } from 'commander';
import { z } from 'zod';
import { formatCocoScore, scoreCoco } from '../evaluate/coco.ts';
import { print } from './shared.ts';

const Flags = z.object({
  truth: z.string(),
  detections: z.string(),
  json: z.boolean().default(false),
});

/** `score`: the twelve COCO numbers, equal to pycocotools. */
export function addScoreCommand(program: Command): void {
  program
    .command('score')
    .description('the twelve COCO numbers of a detections file, as pycocotools prints them')
    .requiredOption('--truth <file>', 'COCO instances JSON')
    .requiredOption('--detections <file>', 'COCO results JSON')
    .option('--json', 'print them as JSON')
    .action(async (flags: unknown) => {
      const { truth, detections, json } = Flags.parse(flags);
      const score = await scoreCoco(truth, detections);
      print(json ? JSON.stringify(score, null, 2) : formatCocoScore(score));
    });
}
