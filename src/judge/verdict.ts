export type Status = 'pass' | 'regressed' | 'inconclusive' | 'no-baseline' | 'incomplete';

export interface Reason {
  readonly code:
    | 'drop'
    /** An absolute limit is surely broken. */
    | 'limit'
    /** The value is beyond a limit, but not surely. */
    | 'near-limit'
    | 'waived'
    | 'waiver-unused'
    | 'not-ruled-out'
    | 'too-few-groups'
    | 'few-groups'
    | 'untestable'
    | 'no-baseline'
    | 'incomparable'
    | 'out-of-time'
    /** The images that were seen sufficed; the others were not evaluated. */
    | 'stopped-early';
  /** One sentence for a person, numbers included. */
  readonly message: string;
}

export interface Verdict {
  readonly status: Status;
  /** The verdict in one sentence that needs no statistics. */
  readonly sentence: string;
  /** The most important first. */
  readonly reasons: readonly Reason[];
  /** Whether the check fails, the config's policies applied. */
  readonly failed: boolean;
}
