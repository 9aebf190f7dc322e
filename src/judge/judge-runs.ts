import type { Baseline } from '../baseline/open.ts';
import type { Run } from '../baseline/run.ts';
import { compareRuns } from '../compare/compare.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { LimitComparison } from '../compare/limits.ts';
import type { GatePolicy } from '../compare/policy.ts';
import type { Progress } from '../evaluate/progress.ts';
import { judge, judgeAlone } from './judge.ts';
import type { Verdict } from './verdict.ts';

/** What came out against one baseline. */
export interface Judged {
  readonly verdict: Verdict;
  /** Null without a baseline. */
  readonly comparison: Comparison | null;
}

/**
 * Compares a candidate with a baseline and judges.
 *
 * @param limits      Of the candidate, as measured.
 * @param failWithout Whether the check fails where there is no baseline.
 * @param progress    Told condition by condition.
 */
export async function judgeRuns(
  baseline: Baseline,
  candidate: Run,
  policy: GatePolicy,
  limits: readonly LimitComparison[],
  failWithout: boolean,
  progress?: Progress,
): Promise<Judged> {
  if (baseline.kind === 'none') {
    return { verdict: judgeAlone(baseline.reasons, failWithout, limits), comparison: null };
  }
  const comparison = await compareRuns(baseline.run, candidate, policy, undefined, {
    kind: 'linear',
    progress,
  });
  return { verdict: judge(comparison, policy, limits), comparison };
}
