import { z } from 'zod';

const number = z.number().nullable();

/**
 * What of a verdict's JSON document a history is made of. The document that `--json` prints and the shorter one
 * of `--history` both have it.
 */
export const HistorySchema = z.object({
  schemaVersion: z.literal(1),
  name: z.string(),
  verdict: z.object({
    status: z.enum(['pass', 'regressed', 'inconclusive', 'no-baseline', 'incomplete']),
    sentence: z.string(),
  }),
  candidate: z.object({
    model: z.object({ file: z.string(), digest: z.string() }),
    /** mAP x 100 and risk of the candidate alone. */
    nodes: z.array(z.object({ level: z.string(), name: z.string(), map: number, risk: number })),
  }),
  dataset: z.object({ images: z.int(), imagesDigest: z.string(), labelsDigest: z.string() }),
  suite: z.object({ digest: z.string(), conditions: z.array(z.string()) }),
  comparison: z
    .object({
      nodes: z.array(
        z.object({
          level: z.string(),
          drop: z.number(),
          interval: z.tuple([z.number(), z.number()]),
        }),
      ),
    })
    .nullable(),
  links: z.object({ report: z.string().nullable() }),
});

/** One run of a history. Names are untrusted. */
export type HistoryEntry = z.infer<typeof HistorySchema>;
