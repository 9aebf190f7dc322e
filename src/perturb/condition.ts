import { contentKey } from '../content-key.ts';
import type { Family } from './perturbation.ts';

/** What the model is tested under: the clean image, or one perturbation at one severity. */
export type Condition =
  | { readonly id: 'clean'; readonly kind: 'clean' }
  | {
      /** `gaussian_noise/3`, or `horizontal_flip` for what has a single level. */
      readonly id: string;
      readonly kind: 'perturbed';
      readonly perturbation: string;
      readonly family: Family;
      /** 1 to 5; 1 for what has a single level. */
      readonly severity: number;
      /** The perturbation's params at this severity. */
      readonly params: unknown;
      /** The perturbation's version. */
      readonly version: number;
    };

/** Key of what a condition does to an image: perturbation, severity, params, version and seed. */
export function conditionKey(condition: Condition, seed: number): string {
  if (condition.kind === 'clean') return 'clean';
  const { perturbation, severity, params, version } = condition;
  return contentKey([perturbation, severity, params, version, seed]).slice(0, 32);
}
