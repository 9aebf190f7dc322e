import { perturbationsOf } from '../perturb/trained-with.ts';
import type { Comparison, NodeComparison } from '../compare/comparison.ts';

/** What an augmentation did: `not tested` when the suite lacks its perturbation, `not judged` when the baseline has next to nothing there. */
export type EffectKind = 'better' | 'no visible effect' | 'worse' | 'not judged' | 'not tested';

/** Whether an augmentation has the effect it was meant to have: robustness against its own perturbation. */
export interface AugmentationEffect {
  /** Name of the perturbation that the augmentation corresponds to. */
  readonly perturbation: string;
  readonly effect: EffectKind;
  /** The two-sided comparison of that perturbation; null when it is not in the suite. */
  readonly node: NodeComparison | null;
}

/**
 * Answers `trainedWith`: is the candidate better than the baseline under the perturbation that each augmentation
 * corresponds to? By the interval that holds for all nodes together, so a list of any length raises no false
 * claims. Information only: the verdict does not rest on it.
 *
 * @param trainedWith As the config names them.
 */
export function augmentationEffects(
  trainedWith: readonly string[],
  comparison: Comparison,
): AugmentationEffect[] {
  return perturbationsOf(trainedWith).map((perturbation) => {
    const node = comparison.nodes.find(
      ({ level, name }) => level === 'perturbation' && name === perturbation,
    );
    return { perturbation, effect: node ? effectOf(node) : 'not tested', node: node ?? null };
  });
}

function effectOf({ untested, change }: NodeComparison): EffectKind {
  if (untested === 'baseline-too-low') return 'not judged';
  return change === 'better' || change === 'worse' ? change : 'no visible effect';
}
