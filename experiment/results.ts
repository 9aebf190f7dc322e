import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const level = z.enum(['clean', 'overall', 'family', 'perturbation']);

const PairSchema = z.strictObject({
  baseline: z.string(),
  candidate: z.string(),
  /** The gate's verdict, as if the candidate had come in a pull request. */
  verdict: z.string(),
  sentence: z.string(),
  /** Confidences at which both models' risk is counted. */
  confidences: z.tuple([z.number(), z.number()]),
  /** Simultaneous two-sided intervals of the drop in mAP: positive is worse. */
  nodes: z.array(
    z.strictObject({
      level,
      name: z.string(),
      baseline: z.number(),
      candidate: z.number(),
      drop: z.number(),
      interval: z.tuple([z.number(), z.number()]),
      change: z.enum(['worse', 'better', 'no visible change', 'identical']),
    }),
  ),
  risk: z.array(
    z.strictObject({
      level,
      name: z.string(),
      baseline: z.number(),
      candidate: z.number(),
      rise: z.number(),
      standardError: z.number(),
    }),
  ),
  /** What each augmentation of the candidate did under its own perturbation. */
  effects: z.array(z.strictObject({ perturbation: z.string(), effect: z.string() })),
});

const ResultsSchema = z.strictObject({
  data: z.string(),
  images: z.int(),
  groups: z.int(),
  conditions: z.int(),
  engine: z.string(),
  pairs: z.array(PairSchema),
  /** Pictures under docs/images/experiment. */
  failures: z.array(
    z.strictObject({
      file: z.string(),
      model: z.string(),
      condition: z.string(),
      /** Name of the image in the data set. */
      image: z.string(),
      persons: z.int(),
    }),
  ),
});

export type Pair = z.infer<typeof PairSchema>;
export type Results = z.infer<typeof ResultsSchema>;

/** @throws ZodError when the file is not what `npm run experiment` writes. */
export async function readResults(file: string): Promise<Results> {
  return ResultsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}
