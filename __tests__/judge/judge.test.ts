import { noInformation } from '../../src/compare/information.ts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareRuns } from '../../src/compare/compare.ts';
import type { Comparison, NodeComparison } from '../../src/compare/comparison.ts';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { judge, judgeAlone } from '../../src/judge/judge.ts';
import { drawRun } from '../helpers/runs.ts';

const policy = GatePolicySchema.parse({});
const strict = GatePolicySchema.parse({ onInconclusive: 'fail' });

function node(change: Partial<NodeComparison>): NodeComparison {
  return {
    level: 'family',
    name: 'noise',
    metric: 'map',
    baseline: 40,
    candidate: 40,
    drop: 0,
    standardError: 0.5,
    interval: [-1.5, 1.5],
    change: 'no visible change',
    maxDrop: 1,
    regressed: false,
    waiver: null,
    adjustedP: 1,
    detectableDrop: 3,
    ruledOut: 0.8,
    untested: null,
    ...change,
  };
}

function comparison(nodes: readonly NodeComparison[], groups = 100): Comparison {
  return {
    metric: 'map',
    images: groups,
    groups,
    nodes,
    risk: [],
    classes: [],
    classDrops: [],
    errors: [],
    failures: [],
    information: noInformation,
    fixes: [],
    test: {
      alpha: 0.05,
      ruleOutAlpha: 0.05,
      replicates: 4000,
      seed: 0,
      tested: nodes.length,
      critical: 2.5,
      criticalTwoSided: 2.8,
    },
    identical: false,
    leftOut: null,
    notes: [],
  };
}

const clean = node({ level: 'clean', name: 'clean' });
const fallen = node({
  candidate: 35.1,
  drop: 4.9,
  interval: [3, 6.8],
  regressed: true,
  adjustedP: 0.0005,
  ruledOut: 5.7,
});

describe('the verdict', () => {
  it('is pass where large drops are ruled out', () => {
    const verdict = judge(comparison([clean, node({})]), policy);
    expect(verdict).toEqual({
      status: 'pass',
      sentence:
        'No regression found: drops over 5.0 points are ruled out for clean images and every family.',
      reasons: [],
      failed: false,
    });
  });

  it('is regressed where a node fell, with how much and how sure', () => {
    const verdict = judge(comparison([clean, fallen]), policy);
    expect(verdict.status).toBe('regressed');
    expect(verdict.failed).toBe(true);
    expect(verdict.sentence).toBe(
      'Robustness regressed: mAP under noise fell by 4.9 ± 1.9 points, more than the 1.0 allowed.',
    );
    expect(verdict.reasons[0]?.message).toContain('p < 0.001');
  });

  it('is regressed whatever else has gained', () => {
    const gained = node({ name: 'blur', drop: -20, ruledOut: -18, change: 'better' });
    expect(judge(comparison([clean, fallen, gained]), policy).status).toBe('regressed');
  });

  it.each([
    ['passes', policy, false],
    ['fails', strict, true],
  ])('%s as inconclusive where a large drop is possible, as the config says', (_, gate, failed) => {
    const verdict = judge(comparison([clean, node({ ruledOut: 6.2 })]), gate);
    expect(verdict).toMatchObject({ status: 'inconclusive', failed });
    expect(verdict.sentence.startsWith('Not judged safe')).toBe(true);
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['not-ruled-out']);
  });

  it.each([
    [49, 'inconclusive', ['too-few-groups']],
    [50, 'regressed', ['drop', 'few-groups']],
    [79, 'regressed', ['drop', 'few-groups']],
    [80, 'regressed', ['drop']],
  ])('of %d groups is %s', (groups, status, codes) => {
    const verdict = judge(comparison([clean, fallen], groups), policy);
    expect(verdict.status).toBe(status);
    expect(verdict.reasons.map(({ code }) => code)).toEqual(codes);
  });

  it('does not claim what it could not judge', () => {
    const low = node({
      name: 'weather',
      baseline: 3.2,
      untested: 'baseline-too-low',
      ruledOut: 9,
    });
    const verdict = judge(comparison([clean, low]), policy);
    expect(verdict.status).toBe('pass');
    expect(verdict.sentence).not.toContain('every family');
    expect(verdict.reasons[0]?.message).toContain('weather (baseline 3.2 points)');
  });

  it('is inconclusive where nothing can be judged', () => {
    const low = [clean, node({})].map((of) => ({ ...of, untested: 'baseline-too-low' as const }));
    expect(judge(comparison(low), policy)).toMatchObject({ status: 'inconclusive', failed: false });
  });

  it('is no-baseline without one, failing where asked', () => {
    expect(judgeAlone(['no artifact'], false)).toMatchObject({
      status: 'no-baseline',
      failed: false,
      reasons: [{ code: 'no-baseline', message: 'no artifact' }],
    });
    expect(judgeAlone([], true).failed).toBe(true);
  });
});

describe('tighter limits', () => {
  const pair = [
    drawRun(90, [0.9, 0.8, 0.7, 0.8, 0.7], 1),
    drawRun(90, [0.9, 0.7, 0.6, 0.8, 0.7], 2),
  ] as const;
  const margins = fc.double({ min: 0, max: 10, noNaN: true });

  it('never turn a regression into anything else, nor make a pass of what was none', async () => {
    const statusOf = async (maxDrop: number, ruleOut: number): Promise<string> => {
      const gate = GatePolicySchema.parse({ maxDrop, ruleOut });
      const [baseline, candidate] = pair;
      return judge(await compareRuns(baseline, candidate, gate, 100), gate).status;
    };
    const limits = fc.tuple(margins, margins, margins, margins);
    await fc.assert(
      fc.asyncProperty(limits, async ([drop, otherDrop, ruleOut, otherRuleOut]) => {
        const loose = await statusOf(Math.max(drop, otherDrop), Math.max(ruleOut, otherRuleOut));
        const tight = await statusOf(Math.min(drop, otherDrop), Math.min(ruleOut, otherRuleOut));
        const allowed = {
          regressed: ['regressed'],
          inconclusive: ['regressed', 'inconclusive'],
        }[loose];
        expect(allowed ?? ['pass', 'regressed', 'inconclusive']).toContain(tight);
      }),
      { numRuns: 15 },
    );
  });
});
