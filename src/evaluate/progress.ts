/** Told of long work as it goes on. */
export interface Progress {
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
