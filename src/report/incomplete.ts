import { link } from './escape.ts';
import { count, grouped } from './format.ts';
import { statusMarks } from './words.ts';

/** How far a run came, and what ended it. */
export interface Unfinished {
  readonly done: number;
  readonly total: number;
  /** Seconds; null where somebody cancelled it. */
  readonly budget: number | null;
}

/** What is said where a run was ended before it could judge, as Markdown. */
export function incompleteText(run: Unfinished): string {
  const { emoji, word } = statusMarks.incomplete;
  return `### ${emoji} ${word}\n${incompleteSentence(run)}\n`;
}

/**
 * The comment of a pull request whose run was ended by its time budget.
 *
 * @param url Of the run.
 */
export function incompleteComment(run: Unfinished, url: string): string {
  return `${incompleteText(run)}
Not known is whether this commit’s model is more or less robust than the baseline: nothing was judged, so this is no pass. A verdict that stood here before was of an earlier run. The next run that ends writes its verdict here.

${link('This run', url)}
`;
}

/** In one sentence or two: what ended it, how far it came, what to do. */
function incompleteSentence({ done, total, budget }: Unfinished): string {
  const why =
    budget === null
      ? 'The run was cancelled'
      : `The time budget of ${count(Math.round(budget), 'second')} ran out`;
  const far =
    total > 0
      ? ` with ${grouped(done)} of ${count(total, 'prediction')} done (${Math.floor((100 * done) / total)} %)`
      : ' before anything was predicted';
  return `${why}${far}. What is finished is kept: “Re-run failed jobs” goes on from there${budget === null ? '' : '; a larger time-budget, more shards or a smaller suite end it at once'}.`;
}
