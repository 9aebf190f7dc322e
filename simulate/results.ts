import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const count = z.int().min(0);

/** How often each thing happened in so many simulated pull requests. */
export const TallySchema = z.strictObject({
  runs: count,
  regressed: count,
  pass: count,
  inconclusive: count,
  /** Some node was flagged whose true drop is within what is allowed. */
  falseFlag: count,
  /** The naive rule: some condition fell by more than a point. */
  naive: count,
  /** Some condition's own 95 % interval lies above 0, nothing corrected. */
  uncorrected: count,
  /** Every node's simultaneous interval holds its true drop. */
  covered: count,
  /** "Drops over X are ruled out", of clean images and families: made, and made wrongly. */
  claims: count,
  wrongClaims: count,
  /** Passes, though some family's or clean images' true drop is over `ruleOut`. */
  wrongPass: count,
  /** Sum of the standard errors of the families' drops, in points; mean = sum / (runs x families). */
  familyError: z.number().min(0),
  families: count,
  /** Runs that a look ended, shares of the images that were evaluated, and what one test at the end alone calls regressed. */
  stopped: count.default(0),
  used: z.number().min(0).default(0),
  atTheEnd: count.default(0),
});

export type Tally = z.infer<typeof TallySchema>;

const RatioSchema = z.strictObject({ least: z.number(), median: z.number(), most: z.number() });

export type Ratio = z.infer<typeof RatioSchema>;

/** How many nodes both bootstraps say something of, and each alone. */
const SaysSchema = z.strictObject({ both: count, linearOnly: count, fullOnly: count });

const ResultsSchema = z.strictObject({
  /** Skill at which the synthetic model has a mAP, found on a large test set. */
  curve: z.array(z.strictObject({ skill: z.number(), map: z.number() })).default([]),
  synthetic: z
    .array(
      z.strictObject({
        images: count,
        /** Perturbed conditions of the suite. */
        conditions: count,
        scenario: z.string(),
        tally: TallySchema,
      }),
    )
    .default([]),
  /** Simulated detectors where a run may stop early. */
  early: z
    .array(z.strictObject({ images: count, scenario: z.string(), tally: TallySchema }))
    .default([]),
  pools: z
    .array(
      z.strictObject({
        images: count,
        pair: z.string(),
        /** Largest drop of a family or of clean images in the pool, in points: the truth. */
        largestDrop: z.number(),
        tally: TallySchema,
      }),
    )
    .default([]),
  audit: z
    .array(
      z.strictObject({
        pair: z.string(),
        images: count,
        groups: count,
        nodes: count,
        replicates: count,
        /** Standard errors of the verdict / the exact delete-one-group jackknife's, over the nodes: of the AP that is printed. */
        jackknifeRatio: RatioSchema,
        /** The same of the AP over all recalls. */
        allRecallsRatio: RatioSchema,
        /** The same / those of the bootstrap that counts everything anew. */
        bootstrapRatio: RatioSchema,
        /** One-sided critical values and verdicts of both bootstraps. */
        critical: z.strictObject({ linear: z.number(), full: z.number() }),
        status: z.strictObject({ linear: z.string(), full: z.string() }),
        /** Nodes that are called regressed, and whose simultaneous interval leaves out 0. */
        regressed: SaysSchema,
        changed: SaysSchema,
      }),
    )
    .default([]),
});

export type Results = z.infer<typeof ResultsSchema>;

type SyntheticRow = Results['synthetic'][number];

/** Whether two entries are of one row of the table. */
export function sameRow(a: Omit<SyntheticRow, 'tally'>, b: Omit<SyntheticRow, 'tally'>): boolean {
  return a.images === b.images && a.conditions === b.conditions && a.scenario === b.scenario;
}

/** All counts at 0. */
export function emptyTally(): Tally {
  return {
    runs: 0,
    regressed: 0,
    pass: 0,
    inconclusive: 0,
    falseFlag: 0,
    naive: 0,
    uncorrected: 0,
    covered: 0,
    claims: 0,
    wrongClaims: 0,
    wrongPass: 0,
    familyError: 0,
    families: 0,
    stopped: 0,
    used: 0,
    atTheEnd: 0,
  };
}

/** Sums of two tallies. */
export function addTallies(a: Tally, b: Tally): Tally {
  const sum = emptyTally();
  for (const key of TallySchema.keyof().options) sum[key] = a[key] + b[key];
  return sum;
}

/** What is known so far. */
export async function readResults(file: string): Promise<Results> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return ResultsSchema.parse(JSON.parse(text));
}

/**
 * Changes what the file holds now, which another piece may have written meanwhile. Equal results, equal bytes.
 */
export async function updateResults(
  file: string,
  change: (results: Results) => Partial<Results>,
): Promise<void> {
  const known = await readResults(file);
  const results = ResultsSchema.parse({ ...known, ...change(known) });
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
}
