import type { Perturbation } from '../../src/perturb/perturbation.ts';
import { perturbations } from '../../src/perturb/registry.ts';

/** The perturbation of that name. */
export function named(name: string): Perturbation {
  const found = perturbations.find((perturbation) => perturbation.name === name);
  if (!found) throw new RangeError(name);
  return found;
}
