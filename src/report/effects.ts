import { metrics } from '../compare/metric.ts';
import type { AugmentationEffect, EffectKind } from '../judge/effects.ts';
import { nodeTitle } from '../judge/titles.ts';
import { plusMinus, points } from './format.ts';
import { halfWidth } from '../compare/points.ts';

/** What the answers to `trainedWith` are about, in a sentence. */
export const effectsLead =
  'Does each augmentation protect against its own perturbation? A gain over the baseline is the augmentation’s only where the two models differ in nothing else. ± holds for all rows of the report at once.';

export const effectMarks = {
  better: '↑',
  'no visible effect': '·',
  worse: '↓',
  'not judged': '–',
  'not tested': '–',
} as const satisfies Record<EffectKind, string>;

/** The perturbation's name for a person, unescaped. */
export function effectTitle({ perturbation }: AugmentationEffect): string {
  return nodeTitle({ level: 'perturbation', name: perturbation });
}

/** What is known of an effect, numbers included: `mAP 20.1 → 24.9, a gain of 4.8 ± 1.2 points`. */
export function effectText({ perturbation, node, effect }: AugmentationEffect): string {
  if (!node) return `not in the suite: add ${perturbation} to suite.perturbations to test it`;
  const values = `${metrics[node.metric].title} ${points(node.baseline)} → ${points(node.candidate)}`;
  if (effect === 'not judged') return `${values}: the baseline has next to nothing to start from`;
  if (node.change === 'identical') return `${values}: nothing changed`;
  const size = plusMinus(Math.abs(node.drop), halfWidth(node));
  return `${values}, a ${node.drop > 0 ? 'drop' : 'gain'} of ${size} points`;
}
