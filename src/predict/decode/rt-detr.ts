import { type Decoder, UNIT_RGB } from './decoder.ts';
import { fractionHead } from './fractions.ts';
import { queryHead } from './queries.ts';

/**
 * RT-DETR and Deformable DETR as Hugging Face exports them, with an independent sigmoid for each class, and RT-DETR as
 * Ultralytics does.
 *
 * @see Zhao et al. 2023, arXiv 2304.08069.
 */
export const rtDetr: Decoder = {
  name: 'rt-detr',
  title: 'RT-DETR (Hugging Face, Ultralytics)',
  preprocess: { resize: 'stretch', ...UNIT_RGB },
  recognise: (facts) => queryHead(facts, 0, 'a sigmoid each', eachOf) ?? fractionHead(facts),
};

function* eachOf(logits: Float32Array): Generator<readonly [number, number]> {
  for (const [model, logit] of logits.entries()) yield [model, 1 / (1 + Math.exp(-logit))];
}
