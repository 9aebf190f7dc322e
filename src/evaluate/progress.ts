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
  /** @param units Units done since the last call. */
  advance(units: number): void;
  finish(): void;
}
