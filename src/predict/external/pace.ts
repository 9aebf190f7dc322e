import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets calls begin no closer to each other than a rate allows, in the order in which they come.
 *
 * @param perSecond How many may begin in a second.
 * @returns         Waits until it is the caller's turn.
 */
export function createPace(perSecond: number): () => Promise<void> {
  const gap = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + gap;
    if (turn > now) await sleep(turn - now);
  };
}
