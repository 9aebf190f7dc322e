import type { LimitComparison } from '../compare/limits.ts';
import { metrics } from '../compare/metric.ts';
import { points } from '../compare/points.ts';
import { nodeTitle } from './titles.ts';
import type { Verdict } from './verdict.ts';

/** Half of a 95 % interval of one number, in standard errors. */
const HALF_WIDTH = 1.96;

/** A limit with what was measured: `risk score over all perturbations 62.1 ± 3.0, at most 50.0 allowed`. */
export function limitText({ metric, level, limit, value, standardError }: LimitComparison): string {
  const where = `${level === 'clean' ? 'on' : 'over'} ${nodeTitle({ level, name: level })}`;
  const measured =
    value === null
      ? 'could not be measured'
      : `${points(value)} ± ${points(HALF_WIDTH * standardError)}`;
  const side = metrics[metric].better === 'higher' ? 'at least' : 'at most';
  return `${metrics[metric].title} ${where} ${measured}, ${side} ${points(limit)} wanted`;
}

/** A verdict with the limits applied: one that is surely broken regresses, one that may be is not a pass. */
export function withLimits(
  verdict: Verdict,
  limits: readonly LimitComparison[],
  failInconclusive: boolean,
): Verdict {
  const broken = limits.filter(({ beyond }) => beyond === 'surely');
  const near = limits.filter(({ beyond }) => beyond === 'measured');
  const reasons = [
    ...broken.map((limit) => ({
      code: 'limit' as const,
      message: `A limit is broken: ${limitText(limit)}.`,
    })),
    ...verdict.reasons,
    ...near.map((limit) => ({
      code: 'near-limit' as const,
      message: `Beyond a limit, but not surely: ${limitText(limit)}.`,
    })),
  ];
  if (broken.length > 0) {
    const sentence = `The candidate breaks ${broken.length === 1 ? 'a limit' : `${broken.length} limits`}: ${broken.map(limitText).join('; ')}.`;
    const both = verdict.status === 'regressed' ? `${verdict.sentence} ${sentence}` : sentence;
    return { status: 'regressed', sentence: both, reasons, failed: true };
  }
  if (near.length === 0 || verdict.status !== 'pass') return { ...verdict, reasons };
  return {
    status: 'inconclusive',
    sentence: `Not judged safe: no regression was found, but beyond a limit, if not surely: ${near.map(limitText).join('; ')}.`,
    reasons,
    failed: failInconclusive,
  };
}
