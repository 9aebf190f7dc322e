import type { Warp } from '../boxes/warp.ts';
import type { Image, Size } from '../image/image.ts';
import type { Random } from '../image/random.ts';
import type { Condition } from './condition.ts';
import type { Perturbation } from './perturbation.ts';
import { perturbations } from './registry.ts';

type Perturbed = Extract<Condition, { kind: 'perturbed' }>;

/**
 * The changed picture.
 *
 * @throws RangeError when the condition names no registered perturbation.
 */
export async function perturbImage(
  image: Image,
  condition: Perturbed,
  random: Random,
): Promise<Image> {
  const perturbation = registered(condition);
  return perturbation.apply(image, perturbation.params.parse(condition.params), random);
}

/**
 * How points move under a condition; null where they stay. Draws what `perturbImage` draws.
 *
 * @param random Makes the generator, which most conditions do not need.
 */
export function conditionWarp(size: Size, condition: Condition, random: () => Random): Warp | null {
  if (condition.kind === 'clean') return null;
  const perturbation = registered(condition);
  if (!perturbation.warp) return null;
  return perturbation.warp(size, perturbation.params.parse(condition.params), random());
}

function registered({ perturbation: name }: Perturbed): Perturbation {
  const perturbation = perturbations.find((candidate) => candidate.name === name);
  if (!perturbation) throw new RangeError(`no perturbation ${name}`);
  return perturbation;
}
