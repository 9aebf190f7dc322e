/** Told of long work as it goes on. */
export interface Progress {
  /** @param remark One sentence for the log; names in it may be untrusted. */
  say(remark: string): void;
  /**
   * @param label What is being done, for a person.
   * @param total Number of units.
   * @param done  Units that need not be done again.
   */
  start(label: string, total: number, done: number): void;
  /**
   * @param units Units done since the last call.
   * @param at    What was done last, such as a condition.
   */
  advance(units: number, at: string): void;
  finish(): void;
}

/** Progress that also remembers how far the work came. */
export interface CountedProgress extends Progress {
  counts(): { readonly done: number; readonly total: number };
}

/** Counts what passes through. */
export function countProgress(progress: Progress): CountedProgress {
  let [done, total] = [0, 0];
  return {
    say: (remark) => progress.say(remark),
    start(label, units, finished) {
      [total, done] = [units, finished];
      progress.start(label, units, finished);
    },
    advance(units, at) {
      done += units;
      progress.advance(units, at);
    },
    finish: () => progress.finish(),
    counts: () => ({ done, total }),
  };
}
