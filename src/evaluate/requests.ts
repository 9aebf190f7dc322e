import { GateError } from '../errors.ts';
import type { PredictorOptions } from '../predict/open.ts';

/**
 * Refuses a run that would make more requests than the config wants: they cost money.
 *
 * @param count Of what is not known yet, over the whole run; only asked where there is a limit.
 * @throws GateError before the first request.
 */
export async function refuseTooMany(
  predictor: PredictorOptions,
  count: () => Promise<number>,
): Promise<void> {
  if (!('maxRequests' in predictor)) return;
  const needed = await count();
  if (needed <= predictor.maxRequests) return;
  throw new GateError('config', {
    message: `this run needs ${needed} requests, predictor.maxRequests allows ${predictor.maxRequests}; none was made`,
    fix: 'raise it, or make the run smaller: dataset.limit, suite.preset: quick',
  });
}
