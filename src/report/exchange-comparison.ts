import { z } from 'zod';
import type { LeftOut } from '../baseline/common.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { Information } from '../compare/information.ts';
import { WaiversSchema } from '../compare/waivers.ts';
import { sizes } from '../evaluate/sizes.ts';

export const name = z.string().max(300);
export const sentences = z.array(z.string().max(1000)).max(200);
export const count = z.int().min(0);
export const points = z.number().min(-100).max(100);
const share = z.number().min(0).max(1);
const pair = z.tuple([points.nullable(), points.nullable()]).readonly();
export const metric = z.enum(['map', 'ap50', 'risk']);
const riskScore = z.object({
  value: points,
  standardError: z.number(),
  lost: points,
  spurious: points,
});
const shared = z.object({ common: count, baseline: count, candidate: count });

const leftOut = z.object({
  images: shared.extend({ removed: count, added: count, relabelled: count }),
  conditions: shared.extend({
    removed: z.array(name),
    added: z.array(name),
    changed: z.array(name),
  }),
  groups: shared.nullable(),
}) satisfies z.ZodType<LeftOut>;

const node = z.object({
  level: z.enum([
    'clean',
    'overall',
    'family',
    'perturbation',
    'condition',
    'class-clean',
    'class',
  ]),
  name,
  metric,
  baseline: points,
  candidate: points,
  drop: points,
  standardError: z.number(),
  interval: z.tuple([z.number(), z.number()]).readonly(),
  change: z.enum(['worse', 'better', 'no visible change', 'identical']),
  maxDrop: points,
  regressed: z.boolean(),
  waiver: WaiversSchema.unwrap().nullable(),
  adjustedP: share.nullable(),
  detectableDrop: z.number(),
  ruledOut: z.number(),
  untested: z.enum(['baseline-too-low', 'identical']).nullable(),
});

const risks = z.array(
  z.object({
    level: z.enum(['overall', 'family', 'perturbation']),
    name,
    baseline: riskScore,
    candidate: riskScore,
    rise: points,
    standardError: z.number(),
  }),
);

const ratio = z.number().nullable();
const corruptionMean = z.object({ mpc: points, rpc: ratio });

const information = z.object({
  sizes: z.array(
    z.object({
      size: z.enum(sizes),
      objects: count,
      groups: count,
      clean: pair,
      perturbed: pair,
      drop: points.nullable(),
      standardError: z.number().nullable(),
    }),
  ),
  corruption: z
    .object({
      baseline: corruptionMean,
      candidate: corruptionMean,
      mce: ratio,
      relativeMce: ratio,
      errors: z.array(z.object({ perturbation: name, ce: ratio, relativeCe: ratio })).max(500),
      ownFrost: z.boolean(),
    })
    .nullable(),
  foundByBoth: risks,
  consistency: risks,
}) satisfies z.ZodType<Information>;

/** Only the page shows it. */
const leftOutOfComments = z.unknown().transform((): never[] => []);

/** What a comparison is, from anybody. */
export const comparison = z.object({
  metric,
  images: count,
  groups: count,
  nodes: z.array(node).max(5000),
  risk: risks,
  classes: z.array(
    z.object({
      name,
      objects: count,
      groups: count,
      clean: pair,
      perturbed: pair,
      standardError: z.number().nullable(),
    }),
  ),
  failures: z.array(
    z.object({
      kind: z.enum(['broken', 'fixed']),
      image: count,
      imageId: name,
      condition: name,
      objects: z.array(count),
      classes: z.array(name),
      influence: z.number(),
    }),
  ),
  test: z.object({
    alpha: share,
    ruleOutAlpha: share,
    replicates: count,
    seed: z.int(),
    tested: count,
    critical: z.number(),
    criticalTwoSided: z.number(),
  }),
  identical: z.boolean(),
  leftOut: leftOut.nullable(),
  information,
  classDrops: leftOutOfComments,
  errors: leftOutOfComments,
  fixes: leftOutOfComments,
  notes: sentences,
}) satisfies z.ZodType<Comparison>;
