import { z } from 'zod';
import { RunManifestSchema } from '../baseline/manifest.ts';
import type { LimitComparison } from '../compare/limits.ts';
import { GatePolicySchema } from '../compare/policy.ts';
import { currentWaivers } from '../compare/waivers.ts';
import { augmentationEffects } from '../judge/effects.ts';
import { judge, judgeAlone } from '../judge/judge.ts';
import type { Verdict } from '../judge/verdict.ts';
import { worseVerdict } from '../judge/worse.ts';
import { TrainedWithSchema } from '../perturb/trained-with.ts';
import { comparison, count, metric, name, points, sentences } from './exchange-comparison.ts';
import type { Report } from './report.ts';

const limit = z.object({
  metric,
  level: z.enum(['clean', 'overall']),
  limit: points,
  value: points.nullable(),
  standardError: z.number(),
  beyond: z.enum(['surely', 'measured', 'no']),
}) satisfies z.ZodType<LimitComparison>;

const source = z.object({
  description: name,
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .nullable(),
  distance: count.nullable(),
});

/** A comparison with one baseline; all null where there is none. */
const side = {
  baseline: RunManifestSchema.nullable(),
  comparison: comparison.nullable(),
  source: source.nullable(),
};

/**
 * What one run tells another of a result: numbers, enums and short names, and no verdict. Whoever reads it judges
 * and renders it anew, so nothing of a pull request's is ever shown as it came.
 */
const ExchangeSchema = z.object({
  version: z.literal(1),
  pullRequest: z.int().min(1),
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  policy: GatePolicySchema,
  failWithoutBaseline: z.boolean(),
  trainedWith: TrainedWithSchema,
  candidate: RunManifestSchema,
  ...side,
  reference: z.object({ name, ...side }).nullable(),
  limits: z.array(limit).max(10),
  changes: sentences,
  notes: sentences,
});

type Exchange = z.infer<typeof ExchangeSchema>;

export interface ExchangeContext {
  readonly pullRequest: number;
  readonly policy: Exchange['policy'];
  readonly failWithoutBaseline: boolean;
  readonly trainedWith: readonly string[];
}

/**
 * Writes a report for another run.
 *
 * @throws ZodError when the reader would refuse it.
 */
export function writeExchange(report: Report, context: ExchangeContext): string {
  const { name: gate, candidate, baseline, comparison: compared, source: from } = report;
  const { reference, limits, changes, notes } = report;
  const document = {
    ...context,
    version: 1,
    name: gate,
    candidate,
    baseline,
    comparison: compared,
    source: from,
    reference,
    limits,
    changes,
    notes,
  };
  return JSON.stringify(ExchangeSchema.parse(document));
}

/**
 * Reads what another run tells, judges it and makes a report of it.
 *
 * @param text  Of anybody's.
 * @param today ISO date, for waivers.
 * @throws Error when it is not what `writeExchange` writes.
 */
export function readExchange(text: string, today: string): { pullRequest: number; report: Report } {
  const parsed = ExchangeSchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const document = parsed.data;
  const policy = {
    ...document.policy,
    waivers: currentWaivers(document.policy.waivers, today).current,
  };
  const own = verdictOf(document, policy, document.limits, document.failWithoutBaseline);
  const { reference } = document;
  const second = reference && verdictOf(reference, policy, [], false);
  const report: Report = {
    name: document.name,
    verdict: reference && second ? worseVerdict(own, second, reference.name) : own,
    candidate: document.candidate,
    baseline: document.baseline,
    comparison: document.comparison,
    effects: document.comparison
      ? augmentationEffects(document.trainedWith, document.comparison)
      : [],
    source: document.source && { ...document.source, url: null },
    reference: reference &&
      second && {
        ...reference,
        verdict: second,
        source: reference.source && { ...reference.source, url: null },
      },
    audit: null,
    noPictures: null,
    losses: [],
    pictures: [],
    limits: document.limits,
    changes: document.changes,
    notes: document.notes,
    links: { report: null, run: null },
  };
  return { pullRequest: document.pullRequest, report };
}

function verdictOf(
  { comparison: compared }: Pick<Exchange, 'comparison'>,
  policy: Exchange['policy'],
  limits: readonly LimitComparison[],
  failing: boolean,
): Verdict {
  return compared ? judge(compared, policy, limits) : judgeAlone([], failing, limits);
}
