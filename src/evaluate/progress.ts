/** Told of long work as it goes on. */
export interface Progress {
  /** @param remark One sentence for the log; names in it may be untrusted. */
  say(remark: string): void;
  /**
   * @param label What is being done, for a person.
   * @param total Number of units.
   * @param done  Units that need not be done again.
   * @param unit  What is counted; images where nothing is said.
   */
  start(label: string, total: number, done: number, unit?: string): void;
  /**
   * @param units Units done since the last call.
   * @param at    What was done last, such as a condition.
   */
  advance(units: number, at: string): void;
  finish(): void;
}

/** Progress that also remembers how far the predictions came. */
export interface CountedProgress extends Progress {
  counts(): { readonly done: number; readonly total: number };
}

/** Counts the images that pass through. */
export function countProgress(progress: Progress): CountedProgress {
  let [done, total] = [0, 0];
  let counting = false;
  return {
    say: (remark) => progress.say(remark),
    start(label, units, finished, unit) {
      counting = unit === undefined;
      if (counting) [total, done] = [units, finished];
      progress.start(label, units, finished, unit);
    },
    advance(units, at) {
      if (counting) done += units;
      progress.advance(units, at);
    },
    finish: () => progress.finish(),
    counts: () => ({ done, total }),
  };
}
