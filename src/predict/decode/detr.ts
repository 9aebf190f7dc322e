import { type Decoder, IMAGENET_RGB } from './decoder.ts';
import { queryHead } from './queries.ts';

/**
 * DETR as Hugging Face exports it: a softmax over the classes and "no object", which comes last.
 *
 * @see Carion et al. 2020, arXiv 2005.12872.
 */
export const detr: Decoder = {
  name: 'detr',
  title: 'DETR (Hugging Face)',
  preprocess: { resize: 'stretch', ...IMAGENET_RGB },
  recognise: (facts) => queryHead(facts, 1, 'a softmax with "no object"', bestOf),
};

// The likeliest class: DETR is evaluated with one class for each query.
function* bestOf(logits: Float32Array): Generator<readonly [number, number]> {
  const most = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  let best = 0;
  for (let model = 1; model < logits.length - 1; model++) {
    if (logits[model]! > logits[best]!) best = model;
  }
  yield [best, Math.exp(logits[best]! - most) / sum];
}
