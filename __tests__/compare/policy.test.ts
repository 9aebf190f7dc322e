import { describe, expect, it } from '@jest/globals';
import { GatePolicySchema, marginOf } from '../../src/compare/policy.ts';

describe('the gate policy', () => {
  it('allows 1 point, rules out 5 and lets the inconclusive pass unless told otherwise', () => {
    expect(GatePolicySchema.parse({})).toEqual({
      metric: 'map',
      maxDrop: 1,
      ruleOut: 5,
      alpha: 0.05,
      onInconclusive: 'pass',
      earlyStop: false,
      waivers: [],
    });
  });

  it('takes a margin by name before one by level', () => {
    const policy = GatePolicySchema.parse({
      maxDrop: { family: 2, families: { noise: 0.5 }, conditions: { 'gaussian_noise/3': 4 } },
    });
    expect(marginOf(policy, 'family', 'noise')).toBe(0.5);
    expect(marginOf(policy, 'family', 'blur')).toBe(2);
    expect(marginOf(policy, 'condition', 'gaussian_noise/3')).toBe(4);
    expect(marginOf(policy, 'perturbation', 'gaussian_noise')).toBe(1);
    expect(marginOf(policy, 'clean', 'clean')).toBe(1);
  });

  it.each([
    ['a negative margin', { maxDrop: -1 }],
    ['a family that is none', { maxDrop: { families: { fog: 1 } } }],
    ['a key that is none', { maxdrop: 1 }],
    ['an alpha of 1', { alpha: 1 }],
  ])('refuses %s', (_, gate) => {
    expect(GatePolicySchema.safeParse(gate).success).toBe(false);
  });
});
