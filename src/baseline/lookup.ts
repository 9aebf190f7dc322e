/** Where the baseline came from, for the reader. */
export interface BaselineSource {
  /** "artifact of run 77", "directory .robustness/v1". */
  readonly description: string;
  readonly commit: string | null;
  readonly url: string | null;
  /** Commits between the baseline and the commit that was wanted; null when unknown. */
  readonly distance: number | null;
  /** Id of the workflow run that left it. */
  readonly run?: number;
}

/** What a search for the baseline ended in. "Nothing found" is a result, never an exception. */
export type BaselineLookup =
  | { readonly kind: 'found'; readonly directory: string; readonly source: BaselineSource }
  | {
      readonly kind: 'absent';
      /** Every place looked at and why it gave nothing, one sentence each. */
      readonly reasons: readonly string[];
    };
