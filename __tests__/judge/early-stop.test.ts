import { describe, expect, it } from '@jest/globals';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { looksOf, stops } from '../../src/judge/early-stop.ts';

const policy = GatePolicySchema.parse({ earlyStop: true, alpha: 0.04 });
const ownGroups = (count: number) => Array.from({ length: count }, (_, i) => `${i}`);

describe('the looks of a run that may stop early', () => {
  it('come after a quarter, half and three quarters of the images', () => {
    const { early, last } = looksOf(ownGroups(400), policy);
    expect(early.map(({ images }) => images.length)).toEqual([100, 200, 300]);
    expect(last.images).toHaveLength(400);
  });

  it('take a twentieth of alpha each, and the end has what is left', () => {
    const { early, last } = looksOf(ownGroups(400), policy);
    const alphas = [...early, last].map((look) => look.policy.alpha);
    expect(alphas.map((alpha) => alpha.toFixed(4))).toEqual([
      '0.0020',
      '0.0020',
      '0.0020',
      '0.0340',
    ]);
    expect(alphas.reduce((sum, alpha) => sum + alpha, 0)).toBeCloseTo(0.04);
  });

  it('leave the confidence of what is ruled out as it is', () => {
    const { last } = looksOf(ownGroups(400), policy);
    expect(last.policy.ruleOutAlpha).toBe(0.04);
    const own = looksOf(ownGroups(400), { ...policy, ruleOutAlpha: 0.01 });
    expect(own.last.policy.ruleOutAlpha).toBe(0.01);
  });

  it('are not taken, and take no alpha, with too few groups to judge by', () => {
    const some = looksOf(ownGroups(100), policy);
    expect(some.early.map(({ images }) => images.length)).toEqual([50, 75]);
    expect(some.last.policy.alpha).toBeCloseTo(0.036);
    expect(looksOf(ownGroups(60), policy)).toEqual({
      early: [],
      last: { images: [...Array(60).keys()], policy },
    });
  });

  it('see whole groups, in the order of the images', () => {
    // Groups 0 to 99 come round twice.
    const groups = Array.from({ length: 200 }, (_, rank) => `${rank % 100}`);
    const { early } = looksOf(groups, policy);
    expect(early.map(({ images }) => images.length)).toEqual([100, 150]);
    const [half] = early;
    expect(half?.images).toEqual([...Array(200).keys()].filter((rank) => rank % 100 < 50));
  });

  it('are none without earlyStop', () => {
    const off = GatePolicySchema.parse({});
    expect(looksOf(ownGroups(400), off)).toEqual({
      early: [],
      last: { images: [...Array(400).keys()], policy: off },
    });
  });

  it('end a run for a regression only', () => {
    const of = (status: 'pass' | 'regressed' | 'inconclusive') =>
      stops({ status, sentence: '', reasons: [], failed: false });
    expect([of('regressed'), of('pass'), of('inconclusive')]).toEqual([true, false, false]);
  });
});
