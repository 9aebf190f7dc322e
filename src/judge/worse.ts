import type { Status, Verdict } from './verdict.ts';

/** The worse first. Nothing to compare with is no pass. */
const ORDER: readonly Status[] = ['regressed', 'incomplete', 'inconclusive', 'no-baseline', 'pass'];

/**
 * The verdict over a baseline and a reference: the worse of both, its sentence and reasons first. A reference
 * that does not exist yet changes no verdict, but is said.
 *
 * @param name What the reference is called.
 */
export function worseVerdict(baseline: Verdict, reference: Verdict, name: string): Verdict {
  const first = { who: 'the baseline', verdict: baseline };
  const second = { who: name, verdict: reference };
  const counts = reference.status !== 'no-baseline';
  const worse = counts && rank(reference) < rank(baseline);
  const sides = worse ? [second, first] : [first, second];
  return {
    status: worse ? reference.status : baseline.status,
    sentence: sides.map(({ who, verdict }) => `Against ${who}: ${verdict.sentence}`).join(' '),
    reasons: sides.flatMap(({ who, verdict }) =>
      verdict.reasons.map(({ code, message }) => ({ code, message: `against ${who}: ${message}` })),
    ),
    failed: baseline.failed || reference.failed,
  };
}

function rank({ status }: Verdict): number {
  return ORDER.indexOf(status);
}
