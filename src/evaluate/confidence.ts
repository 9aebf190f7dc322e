import { descendingOrder } from './order.ts';
import type { MatchedCondition } from './score.ts';

/** What is taken where a model finds nothing at all. */
const NOTHING_FOUND = 0.5;

/**
 * The confidence at which F1, pooled over classes, is best at IoU .50. Detections at or over it count.
 * Of several that are equally good the highest.
 *
 * @param clean The clean condition: it is never tuned on perturbed images.
 */
export function bestF1Confidence({ truth, detections, matches }: MatchedCondition): number {
  const { confidences } = detections;
  const rows = descendingOrder(confidences).filter((row) => !(matches.ignored[row]! & 1));
  let positives = 0;
  truth.ignored.forEach((ignored, row) => (positives += ignored || truth.crowd[row] ? 0 : 1));
  let hits = 0;
  let best = 0;
  let confidence = NOTHING_FOUND;
  rows.forEach((row, i) => {
    hits += matches.matched[row]! & 1;
    if (confidences[rows[i + 1]!] === confidences[row]) return;
    const f1 = (2 * hits) / (i + 1 + positives);
    if (f1 > best) [best, confidence] = [f1, confidences[row]!];
  });
  return confidence;
}
