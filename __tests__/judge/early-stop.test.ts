import { describe, expect, it } from '@jest/globals';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { jointTest, standardErrorOf, type TestColumn } from '../../src/compare/max-t.ts';
import { looksOf, stops } from '../../src/judge/early-stop.ts';
import { uniform } from '../helpers/scenes.ts';

const policy = GatePolicySchema.parse({ earlyStop: true, alpha: 0.04 });
const ownGroups = (count: number) => Array.from({ length: count }, (_, i) => `${i}`);

/** Sum of twelve uniforms less six: normal enough, no transcendental function. */
function normal(random: () => number): number {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += random();
  return sum;
}

/** Correlated values of each column in each group, around `shifts`. */
function drawValues(groups: number, shifts: readonly number[], random: () => number): number[][] {
  const common = Array.from({ length: groups }, () => normal(random));
  return shifts.map((shift) => common.map((value) => shift + 0.7 * value + 0.7 * normal(random)));
}

/** Means over the first groups, as drops. */
function columnsOf(values: readonly number[][], groups: number): TestColumn[] {
  return values.map((all) => {
    const seen = all.slice(0, groups);
    const drop = seen.reduce((sum, value) => sum + value, 0) / groups;
    const influence = Float64Array.from(seen, (value) => (value - drop) / (groups - 1));
    return { influence, drop, standardError: standardErrorOf(influence), maxDrop: 0 };
  });
}

/** How often runs are called regressed, by looks and by one test at the end, and the share of the groups that was seen. */
function play(trials: number, shifts: readonly number[]) {
  const random = uniform(21);
  const { early, last } = looksOf(ownGroups(200), GatePolicySchema.parse({ earlyStop: true }));
  const result = { byLooks: 0, atTheEnd: 0, used: 0 };
  for (let trial = 0; trial < trials; trial++) {
    const values = drawValues(200, shifts, random);
    const regressed = (groups: number, alpha: number): boolean => {
      const { adjustedP } = jointTest(columnsOf(values, groups), groups, 400, trial, alpha);
      return Math.min(...adjustedP) <= alpha;
    };
    const stop = early.find(({ images, policy: { alpha } }) => regressed(images.length, alpha));
    if (stop || regressed(200, last.policy.alpha)) result.byLooks += 1 / trials;
    if (regressed(200, 0.05)) result.atTheEnd += 1 / trials;
    result.used += (stop ? stop.images.length / 200 : 1) / trials;
  }
  return result;
}

describe('a run that may stop early', () => {
  it('is called regressed no more often than alpha where every drop is exactly at its limit', () => {
    const { byLooks, used } = play(200, [0, 0, 0, 0]);
    expect(byLooks).toBeGreaterThan(0.01);
    expect(byLooks).toBeLessThan(0.085);
    expect(used).toBeGreaterThan(0.98);
  }, 60_000);

  it('finds next to all that one test at the end finds, on fewer images', () => {
    const { byLooks, atTheEnd, used } = play(60, [0, 0.35, 0, 0]);
    expect(atTheEnd).toBeGreaterThan(0.95);
    expect(byLooks).toBeGreaterThan(atTheEnd - 0.03);
    expect(used).toBeLessThan(0.75);
  }, 60_000);
});

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
