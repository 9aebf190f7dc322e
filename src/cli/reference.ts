import { basename, dirname, resolve } from 'node:path';
import { openBaseline } from '../baseline/open.ts';
import type { Run } from '../baseline/run.ts';
import type { GatePolicy } from '../compare/policy.ts';
import type { Progress } from '../evaluate/progress.ts';
import { judgeRuns } from '../judge/judge-runs.ts';
import { type ReferenceReport, referenceReport } from '../report/report.ts';
import { baselineIn } from './shared.ts';

/**
 * Judges a candidate against the second baseline that its config names (`gate.reference`); null where it names none.
 *
 * @param configFile The reference's path is relative to it.
 * @throws GateError where there is no such run, or it cannot be compared: who configures one wants it judged.
 */
export async function judgeReference(
  configFile: string,
  candidate: Run,
  policy: GatePolicy,
  progress: Progress,
): Promise<ReferenceReport | null> {
  if (policy.reference === undefined) return null;
  const directory = resolve(dirname(configFile), policy.reference);
  const opened = await openBaseline(baselineIn(directory), candidate.manifest, {
    who: 'the reference (gate.reference)',
    refused: 'error',
    different: 'error',
  });
  return referenceReport(
    basename(directory),
    opened,
    await judgeRuns(opened, candidate, policy, [], false, progress),
  );
}
