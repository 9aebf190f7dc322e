import { type Decoder, UNIT_RGB } from './decoder.ts';
import { queryHead } from './queries.ts';

/**
 * RT-DETR and Deformable DETR as Hugging Face exports them: an independent sigmoid for each class.
 *
 * @see Zhao et al. 2023, arXiv 2304.08069.
 */
export const rtDetr: Decoder = {
  name: 'rt-detr',
  title: 'RT-DETR (Hugging Face)',
  preprocess: { resize: 'stretch', ...UNIT_RGB },
  recognise: (facts) => queryHead(facts, 0, 'a sigmoid each', eachOf),
};

function* eachOf(logits: Float32Array): Generator<readonly [number, number]> {
  for (const [model, logit] of logits.entries()) yield [model, 1 / (1 + Math.exp(-logit))];
}
