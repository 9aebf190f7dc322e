import { type GatePolicy, LEAST_GROUPS, ruleOutAlphaOf } from '../compare/policy.ts';
import type { Verdict } from './verdict.ts';

/** Shares of the groups after which a look is taken. */
const SHARES = [0.25, 0.5, 0.75] as const;

/** Each of these looks takes one part of alpha of so many; what is left is the end's. */
const ALPHA_PARTS = 20;

/** A judgement on part of the images, or on all. */
export interface Look {
  /** Ranks of the images, ascending. */
  readonly images: readonly number[];
  /** What it is judged by. */
  readonly policy: GatePolicy;
}

/**
 * When a run is judged: once at the end, or with `earlyStop` after a quarter, half and three quarters of the groups too.
 *
 * Each look is the ordinary judgement of all nodes at a twentieth of alpha, and the end's at what is left. By the
 * union bound the chance that any of them calls a run regressed in which nothing is, is at most alpha, whatever the
 * dependence between looks (Haybittle 1971, Peto et al. 1976: strict looks cost the end next to nothing). Looks are
 * fixed beforehand, by groups alone, and one with too few of them to judge by is not taken and takes no alpha.
 *
 * @param groupOfImage Of each image, in rank order, which is by content hash: as good as drawn.
 */
export function looksOf(
  groupOfImage: readonly string[],
  policy: GatePolicy,
): { readonly early: readonly Look[]; readonly last: Look } {
  const names = [...new Set(groupOfImage)];
  const taken = policy.earlyStop
    ? SHARES.map((share) => Math.ceil(share * names.length)).filter(
        (count) => count >= LEAST_GROUPS && count < names.length,
      )
    : [];
  const ranks = [...groupOfImage.keys()];
  const part = policy.alpha / ALPHA_PARTS;
  const early = taken.map((count): Look => {
    const seen = new Set(names.slice(0, count));
    return {
      images: ranks.filter((rank) => seen.has(groupOfImage[rank]!)),
      policy: atAlpha(policy, part),
    };
  });
  const last = {
    images: ranks,
    policy: early.length > 0 ? atAlpha(policy, policy.alpha - early.length * part) : policy,
  };
  return { early, last };
}

/** Whether a look ends the run: for a regression only, since nothing is called safe on part of the images. */
export function stops({ status }: Verdict): boolean {
  return status === 'regressed';
}

/** The verdict of a run that a look ended. */
export function stoppedVerdict(verdict: Verdict, seen: number, images: number): Verdict {
  const message = `Stopped early, after ${seen} of ${images} images (gate.earlyStop): what was seen is enough to call it regressed. The numbers are of these images alone, and the run is no baseline.`;
  return {
    ...verdict,
    sentence: `${verdict.sentence} Seen were ${seen} of ${images} images.`,
    reasons: [...verdict.reasons, { code: 'stopped-early', message }],
  };
}

/** Drops are ruled out at the end alone, so at the whole of their alpha. */
function atAlpha(policy: GatePolicy, alpha: number): GatePolicy {
  return { ...policy, alpha, ruleOutAlpha: ruleOutAlphaOf(policy) };
}
