import { closestMatch } from 'leven';

/** The candidate that a typo most likely meant, or null when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const limit = word.length < 5 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return closestMatch(word, [...candidates], { maxDistance: limit }) ?? null;
}
