import { z } from 'zod';
import { augmentations } from './augmentations.ts';
import { perturbations } from './registry.ts';

const names = perturbations.map(({ name }) => name);

/** The perturbations that answer to each of Roboflow's augmentations. */
const counterparts = new Map(
  augmentations.map(({ name, nearest }) => [
    name,
    [...new Set(nearest.map((id) => id.split('/')[0] ?? id))],
  ]),
);

/** Roboflow's names that mean one perturbation and nothing else, with it. */
const aliases = new Map(
  [...counterparts].flatMap(([name, [only, ...more]]) =>
    only !== undefined && more.length === 0 ? [[name, only] as const] : [],
  ),
);

const known = [...names, ...aliases.keys()];

/**
 * The config's `trainedWith`: augmentations by the perturbation's name, or by Roboflow's where that means one
 * perturbation.
 */
export const TrainedWithSchema = z
  .array(
    z
      .string()
      // The editor's list of names: JSON Schema shows what goes into a pipe, not what comes after.
      .meta({ enum: known })
      .superRefine((name, context) => {
        const several = counterparts.get(name);
        if (several === undefined || several.length === 1) return;
        const message =
          several.length === 0
            ? `Roboflow’s “${name}” has no perturbation that tests it: leave it out`
            : `Roboflow’s “${name}” is more than one perturbation: name ${several.join(' or ')}`;
        context.addIssue({ code: 'custom', message });
      })
      .pipe(z.enum(known)),
  )
  .max(50)
  .default([])
  .meta({
    description:
      'Augmentations that the candidate was trained with and the baseline was not, by perturbation or by Roboflow’s name. The report says of each whether it helps against its perturbation.',
    examples: [['horizontal_flip', 'gaussian_blur']],
  });

/** The perturbations that test the augmentations of `trainedWith`, each once, in the order written. */
export function perturbationsOf(trainedWith: readonly string[]): string[] {
  return [...new Set(trainedWith.map((name) => aliases.get(name) ?? name))];
}
