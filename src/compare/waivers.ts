import { z } from 'zod';
import { families } from '../perturb/perturbation.ts';
import { perturbations } from '../perturb/registry.ts';
import type { NodeComparison } from './comparison.ts';

const conditions = perturbations.flatMap(({ name, severities }) =>
  severities.length === 1 ? [] : severities.map((_, i) => `${name}/${i + 1}`),
);

/** The config's `gate.waivers`: regressions that were looked at and accepted for a time. */
export const WaiversSchema = z
  .array(
    z.strictObject({
      node: z.union([
        z.enum([
          'clean',
          'overall',
          ...families,
          ...perturbations.map(({ name }) => name),
          ...conditions,
        ]),
        z.string().regex(/^class:./, { error: 'a class is written class:NAME', abort: true }),
      ]),
      reason: z.string().trim().min(1).max(300),
      until: z.iso.date({ error: 'must be a date, YYYY-MM-DD' }),
    }),
  )
  .max(50)
  .refine((waivers) => new Set(waivers.map(({ node }) => node)).size === waivers.length, {
    error: 'waives a node twice',
  });

/** A waiver, `until` its last day. */
export type Waiver = z.infer<typeof WaiversSchema>[number];

/**
 * Whether a waiver speaks of a node: its own, and what that is the mean of (a family's perturbations, their
 * conditions). Never what it is a part of: a waived family does not excuse `overall`.
 *
 * @param waived As in the config: `clean`, `noise`, `gaussian_noise/3`, `class:Person`.
 */
export function covers(
  waived: string,
  { level, name }: Pick<NodeComparison, 'level' | 'name'>,
): boolean {
  if (level === 'class' || level === 'class-clean') return waived === `class:${name}`;
  if (waived === name) return true;
  if (level !== 'perturbation' && level !== 'condition') return false;
  const own = perturbations.find((perturbation) => perturbation.name === name.split('/')[0]);
  return waived === own?.family || (level === 'condition' && waived === own?.name);
}

/**
 * The waivers that count on a day.
 *
 * @param today ISO date, given by the edge: equal inputs give equal verdicts.
 */
export function currentWaivers(
  waivers: readonly Waiver[],
  today: string,
): { current: Waiver[]; notes: string[] } {
  return {
    current: waivers.filter(({ until }) => until >= today),
    notes: waivers
      .filter(({ until }) => until < today)
      .map(({ node, until }) => `The waiver for ${node} expired on ${until}: it does not count.`),
  };
}
