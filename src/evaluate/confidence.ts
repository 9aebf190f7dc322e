import { classMatches, type MatchedCondition } from './score.ts';

/** What is taken where a model finds nothing at all. */
const NOTHING_FOUND = 0.5;

/**
 * The confidence at which F1, pooled over classes, is best at IoU .50. Detections at or over it count.
 * Of several that are equally good the highest.
 *
 * @param clean The clean condition: it is never tuned on perturbed images.
 */
export function bestF1Confidence(clean: MatchedCondition): number {
  const rows: { confidence: number; hit: number }[] = [];
  let positives = 0;
  for (const wanted of clean.classes.keys()) {
    const matches = classMatches(clean, wanted);
    positives += matches.positives;
    for (let d = 0; d < matches.confidences.length; d++) {
      if (matches.ignored[d]! & 1) continue;
      rows.push({ confidence: matches.confidences[d]!, hit: matches.matched[d]! & 1 });
    }
  }
  rows.sort((a, b) => b.confidence - a.confidence);
  let hits = 0;
  let best = 0;
  let confidence = NOTHING_FOUND;
  rows.forEach((row, i) => {
    hits += row.hit;
    if (rows[i + 1]?.confidence === row.confidence) return;
    const f1 = (2 * hits) / (i + 1 + positives);
    if (f1 > best) [best, confidence] = [f1, row.confidence];
  });
  return confidence;
}
