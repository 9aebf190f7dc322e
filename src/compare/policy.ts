import { z } from 'zod';
import { families } from '../perturb/perturbation.ts';
import { perturbations } from '../perturb/registry.ts';
import type { Level } from './comparison.ts';

const margin = z.number().min(0).max(100);
const names = perturbations.map(({ name }) => name);
const conditions = perturbations.flatMap(({ name, severities }) =>
  severities.length === 1 ? [name] : severities.map((_, i) => `${name}/${i + 1}`),
);

/** The config's `gate`: what may get worse, by how much, and what then happens. */
export const GatePolicySchema = z.strictObject({
  metric: z.enum(['map']).default('map').meta({
    description: 'What is compared: mAP@[.50:.95] x 100.',
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
      }),
    ])
    .default(1)
    .meta({
      description:
        'Points that may be lost at every level, or for each level and name. A drop that is significantly larger regresses.',
      examples: [{ family: 1, condition: 3, families: { noise: 0.5 } }],
    }),
  ruleOut: margin.default(5).meta({
    description:
      'A pass needs that drops over this many points are ruled out, for clean images and every family.',
  }),
  alpha: z.number().min(0.001).max(0.2).default(0.05).meta({
    description:
      'Chance of a false alarm, all comparisons together; drops are ruled out at 1 - alpha.',
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
  onInconclusive: z.enum(['pass', 'fail']).default('pass').meta({
    description: 'Whether the check passes (with a warning) when the data set is too small to say.',
  }),
});

export type GatePolicy = z.infer<typeof GatePolicySchema>;

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
  }[level];
  return new Map(Object.entries(ofLevel ?? {})).get(name) ?? maxDrop[level] ?? DEFAULT_MARGIN;
}
