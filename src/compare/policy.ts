import { z } from 'zod';
import { families } from '../perturb/perturbation.ts';
import { perturbations } from '../perturb/registry.ts';
import { LimitsSchema } from './limits.ts';
import { WaiversSchema } from './waivers.ts';
import type { Level } from './comparison.ts';

const margin = z.number().min(0).max(100);
const names = perturbations.map(({ name }) => name);
const conditions = perturbations.flatMap(({ name, severities }) =>
  severities.length === 1 ? [name] : severities.map((_, i) => `${name}/${i + 1}`),
);

/** The config's `gate`: what may get worse, by how much, and what then happens. */
export const GatePolicySchema = z
  .strictObject({
    metric: z.enum(['map', 'ap50', 'risk']).default('map').meta({
      description:
        'What is compared: COCO’s mAP@[.50:.95] x 100, AP at IoU .50 x 100, or the risk score (clean images, which have none, by mAP). Margins are points of it, and a risk that rises is a drop.',
    }),
    maxDrop: z
      .union([
        margin,
        z.strictObject({
          clean: margin.optional(),
          overall: margin.optional(),
          family: margin.optional(),
          perturbation: margin.optional(),
          condition: margin.optional(),
          families: z.partialRecord(z.enum(families), margin).optional(),
          perturbations: z.partialRecord(z.enum(names), margin).optional(),
          conditions: z.partialRecord(z.enum(conditions), margin).optional(),
          classes: z.record(z.string(), margin).optional(),
        }),
      ])
      .default(1)
      .meta({
        description:
          'Points that may be lost at every level, or for each level and name. A drop that is significantly larger regresses. Classes are judged only where they are named here (not with metric `risk`).',
        examples: [{ family: 1, condition: 3, families: { noise: 0.5 }, classes: { Person: 1 } }],
      }),
    ruleOut: margin.default(5).meta({
      description:
        'A pass needs that drops over this many points are ruled out, for clean images and every family.',
    }),
    ruleOutAlpha: z.number().min(0.001).max(0.2).optional().meta({
      description:
        'Drops are ruled out at 1 - this; `alpha` unless given. On a pull request it is the smaller of both sides’, while `alpha` is the larger.',
    }),
    limits: LimitsSchema.optional().meta({
      description:
        'Absolute limits of the candidate alone, judged without a baseline too: the most risk, the least mAP and AP50 (a number holds on clean images and over all perturbations). One that is surely broken regresses.',
      examples: [{ risk: 50, map: { clean: 60, overall: 40 } }],
    }),
    waivers: WaiversSchema.default([]).meta({
      description:
        'Regressions that were reviewed and accepted: node (`clean`, `overall`, a family, perturbation or condition, `class:NAME`; what a node is the mean of is waived with it), reason, and the last day. One that a pull request adds does not count for it.',
      examples: [[{ node: 'noise', reason: 'new camera, see #12', until: '2027-01-31' }]],
    }),
    alpha: z.number().min(0.001).max(0.2).default(0.05).meta({
      description: 'Chance of a false alarm, all comparisons together.',
    }),
    reference: z
      .string()
      .min(1)
      .optional()
      .meta({
        description:
          'A second baseline, so that many small losses do not slip through: a run directory in git, of a pinned release, relative to the config. The worse of both verdicts counts.',
        examples: ['.robustness/v1.2.0'],
      }),
    earlyStop: z.boolean().default(false).meta({
      description:
        'Whether a pull request’s run may stop after a quarter, half or three quarters of the images when it is surely regressed by then. Each look takes a twentieth of `alpha` from the end. Such a run has no full table; runs on the default branch never stop.',
    }),
    onInconclusive: z.enum(['pass', 'fail']).default('pass').meta({
      description:
        'Whether the check passes (with a warning) when the data set is too small to say.',
    }),
  })
  .refine(
    ({ metric, maxDrop }) => metric !== 'risk' || typeof maxDrop === 'number' || !maxDrop.classes,
    {
      path: ['maxDrop', 'classes'],
      error:
        'a class has an AP but no risk score of its own: leave `classes` out, or use metric `map` or `ap50`',
    },
  );

export type GatePolicy = z.infer<typeof GatePolicySchema>;

/** One minus the confidence at which drops are ruled out. */
export function ruleOutAlphaOf({ alpha, ruleOutAlpha }: GatePolicy): number {
  return ruleOutAlpha ?? alpha;
}

/** The classes that `maxDrop.classes` names. */
export function namedClasses({ maxDrop }: GatePolicy): string[] {
  return typeof maxDrop === 'number' ? [] : Object.keys(maxDrop.classes ?? {});
}

/** With fewer independent groups of images nothing is judged. */
export const LEAST_GROUPS = 50;

const DEFAULT_MARGIN = 1;

/** The drop that the policy allows a node, in points: by name, else by level, else 1. */
export function marginOf({ maxDrop }: GatePolicy, level: Level, name: string): number {
  if (typeof maxDrop === 'number') return maxDrop;
  const ofLevel = {
    clean: undefined,
    overall: undefined,
    family: maxDrop.families,
    perturbation: maxDrop.perturbations,
    condition: maxDrop.conditions,
    'class-clean': maxDrop.classes,
    class: maxDrop.classes,
  }[level];
  const named = new Map(Object.entries(ofLevel ?? {})).get(name);
  if (named !== undefined || level === 'class' || level === 'class-clean')
    return named ?? DEFAULT_MARGIN;
  return maxDrop[level] ?? DEFAULT_MARGIN;
}
