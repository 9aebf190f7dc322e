import { GateError, type Problem } from '../errors.ts';
import { compareManifests } from './compatible.ts';
import type { ManifestHead } from './head.ts';
import type { BaselineLookup, BaselineSource } from './lookup.ts';
import { readRun } from './read.ts';
import type { Run } from './run.ts';

/** A baseline that the candidate can be held against, or why there is none, one sentence each. */
export type Baseline =
  | {
      readonly kind: 'found';
      readonly run: Run;
      readonly directory: string;
      readonly source: BaselineSource;
    }
  | { readonly kind: 'none'; readonly reasons: readonly string[] };

/** What is done with a baseline that the candidate cannot be held against. */
export interface OpenPolicy {
  /** What the baseline is called in messages. */
  readonly who: 'the baseline' | 'the reference (gate.reference)';
  /** With other classes, floor or seed. */
  readonly refused: 'error' | 'no-baseline';
  /** With too little in common, or another version of metrics or perturbations. */
  readonly different: 'error' | 'no-baseline';
}

const RENEW =
  'evaluate that model again on this data and suite (`robustness-gate run --model FILE --out DIR`) and put the new run there';

/**
 * Opens a baseline and checks that the candidate can be held against it. Both manifests suffice, so that what
 * cannot be compared stops before any inference.
 *
 * @throws GateError when the run is damaged, or cannot be compared: what differs, both values, what to do.
 */
export async function openBaseline(
  lookup: BaselineLookup,
  candidate: ManifestHead,
  policy: OpenPolicy,
): Promise<Baseline> {
  if (lookup.kind === 'absent') return { kind: 'none', reasons: lookup.reasons };
  const run = await readRun(lookup.directory);
  const match = compareManifests(run.manifest, candidate);
  if (match.kind === 'comparable') return { ...lookup, run };
  const problems =
    match.kind === 'refused'
      ? match.differences
      : match.differences.map((message) => ({ message, fix: RENEW }));
  const told = problems.map(({ message, fix }): Problem => ({
    message: `${policy.who}, ${lookup.source.description}, cannot be compared: ${message}`,
    ...(fix === undefined ? {} : { fix }),
  }));
  if (policy[match.kind] === 'error') throw new GateError('incomparable', told);
  return { kind: 'none', reasons: told.map(({ message }) => message) };
}
