import { count, grouped } from './format.ts';
import { statusMarks } from './words.ts';

/** What is said where a run was ended before it could judge, as Markdown. */
export function incompleteText(run: {
  readonly done: number;
  readonly total: number;
  /** Seconds; null where somebody cancelled it. */
  readonly budget: number | null;
}): string {
  const { emoji, word } = statusMarks.incomplete;
  return `### ${emoji} ${word}\n${incompleteSentence(run)}\n`;
}

/** In one sentence or two: what ended it, how far it came, what to do. */
function incompleteSentence({ done, total, budget }: Parameters<typeof incompleteText>[0]): string {
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
