import { z } from 'zod';
import type { Condition } from './condition.ts';
import { perturbations } from './registry.ts';
import { presets } from './presets.ts';

const names = z.enum(perturbations.map(({ name }) => name));
const severities = z.array(z.int().min(1).max(5)).min(1).max(5);

const entry = z.union([
  names,
  z.partialRecord(names, z.strictObject({ severities: severities.optional() })),
]);

/** The config's `suite`: which perturbations at which severities, and the seed. */
export const SuiteSchema = z
  .strictObject({
    preset: z.enum(['quick', 'standard', 'full', 'imagenet-c']).optional().meta({
      description: 'A fixed list of conditions. `standard` unless `perturbations` is given.',
    }),
    severities: severities.optional().meta({
      description: 'Severities 1 to 5, in place of the preset’s; an entry’s own wins.',
      examples: [[1, 3, 5]],
    }),
    perturbations: z
      .array(entry)
      .min(1)
      .optional()
      .meta({
        description: 'The exact list, in place of a preset.',
        examples: [['gaussian_noise', { rotation: { severities: [2] } }]],
      }),
    seed: z.int().min(0).max(0xffffffff).default(0).meta({
      description: 'Random draws are keyed by seed, image content, perturbation and severity.',
    }),
  })
  .refine((suite) => suite.preset === undefined || suite.perturbations === undefined, {
    error: 'give either `preset` or `perturbations`, not both',
  });

export type SuiteConfig = z.infer<typeof SuiteSchema>;

/**
 * The conditions of a suite: clean first, then the perturbations in the registry's order by severity.
 * What has a single level gives one condition, whatever severities are asked of it.
 *
 * @param suite As validated by `SuiteSchema`.
 */
export function suiteConditions(suite: SuiteConfig): Condition[] {
  const wanted = wantedSeverities(suite);
  const perturbed = perturbations.flatMap((perturbation) => {
    const asked = wanted.get(perturbation.name);
    if (!asked) return [];
    const levels =
      perturbation.severities.length === 1 ? [1] : [...new Set(asked)].sort((a, b) => a - b);
    return levels.map((severity) => conditionOf(perturbation, severity));
  });
  return [{ id: 'clean', kind: 'clean' }, ...perturbed];
}

/**
 * A perturbation at a severity.
 *
 * @param severity 1 to 5; what has a single level takes any and has severity 1.
 */
export function conditionOf(
  perturbation: (typeof perturbations)[number],
  severity: number,
): Condition {
  const single = perturbation.severities.length === 1;
  const level = single ? 1 : severity;
  return {
    id: single ? perturbation.name : `${perturbation.name}/${level}`,
    kind: 'perturbed',
    perturbation: perturbation.name,
    family: perturbation.family,
    severity: level,
    params: perturbation.severities[level - 1],
    version: perturbation.version,
  };
}

function wantedSeverities(suite: SuiteConfig): Map<string, readonly number[]> {
  if (suite.perturbations === undefined) {
    const preset = presets[suite.preset ?? 'standard'];
    return new Map(preset.names.map((name) => [name, suite.severities ?? preset.severities]));
  }
  const wanted = new Map<string, readonly number[]>();
  for (const item of suite.perturbations) {
    const pairs = typeof item === 'string' ? [[item, undefined] as const] : Object.entries(item);
    for (const [name, options] of pairs) {
      const asked = options?.severities ?? suite.severities ?? presets.standard.severities;
      wanted.set(name, [...(wanted.get(name) ?? []), ...asked]);
    }
  }
  return wanted;
}
