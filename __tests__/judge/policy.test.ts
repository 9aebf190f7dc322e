import { describe, expect, it } from '@jest/globals';
import { compareRuns } from '../../src/compare/compare.ts';
import { limitsOf, measureLimits } from '../../src/compare/limits.ts';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { covers, currentWaivers } from '../../src/compare/waivers.ts';
import { scoreRun } from '../../src/evaluate/score-run.ts';
import { judge, judgeAlone } from '../../src/judge/judge.ts';
import { nodeState } from '../../src/report/words.ts';
import { nodeValues } from '../../src/report/single.ts';
import { drawRun } from '../helpers/runs.ts';

const IMAGES = 120;
const able = [0.9, 0.8, 0.7, 0.8, 0.7];
const baseline = drawRun(IMAGES, able, 1);
const weak = drawRun(IMAGES, [0.9, 0.5, 0.4, 0.8, 0.7], 2);

const judged = async (gate: object, candidate = weak) => {
  const policy = GatePolicySchema.parse(gate);
  const comparison = await compareRuns(baseline, candidate, policy, 500);
  const limits = await measureLimits(candidate, policy.limits ?? {}, policy.alpha);
  return { comparison, limits, verdict: judge(comparison, policy, limits) };
};
const waiver = (node: string) => ({ node, reason: 'new camera', until: '2026-12-31' });

describe('an absolute limit', () => {
  it('is measured as the run itself reports it', async () => {
    const { metrics } = await scoreRun(weak.manifest, weak, 0.4);
    const [overall] = nodeValues({ ...weak.manifest, metrics }).filter(
      ({ level }) => level === 'overall',
    );
    const [risk, map] = await measureLimits(weak, { risk: 1, map: { overall: 99 } }, 0.05);
    expect(risk?.value).toBeCloseTo(overall?.risk ?? Number.NaN, 9);
    expect(map?.value).toBeCloseTo(overall?.map ?? Number.NaN, 9);
    expect(risk?.standardError).toBeGreaterThan(0);
  });

  it('regresses where it is surely broken, whatever the comparison says', async () => {
    const { verdict } = await judged({ limits: { map: 99 } }, drawRun(IMAGES, able, 1));
    expect(verdict).toMatchObject({ status: 'regressed', failed: true });
    expect(verdict.reasons[0]?.code).toBe('limit');
    expect(verdict.sentence).toMatch(/^The candidate breaks 2 limits: mAP on clean images/);
  });

  it('is not broken by chance: beyond it, but not surely, is inconclusive', async () => {
    const [{ value, standardError } = { value: 0, standardError: 0 }] = await measureLimits(
      baseline,
      { map: { overall: 99 } },
      0.05,
    );
    const limit = (value ?? 0) + standardError / 2;
    const { verdict } = await judged({ limits: { map: { overall: limit } } }, baseline);
    expect(verdict).toMatchObject({ status: 'inconclusive', failed: false });
    expect(verdict.reasons.at(-1)?.code).toBe('near-limit');
  });

  it('changes nothing where it is kept', async () => {
    const { verdict, limits } = await judged({ limits: { risk: 99, ap50: 1 } }, baseline);
    expect(verdict).toMatchObject({ status: 'pass', reasons: [] });
    expect(limits.map(({ beyond }) => beyond)).toEqual(['no', 'no', 'no']);
  });

  it('is judged without a baseline too', async () => {
    const limits = await measureLimits(weak, { risk: 1 }, 0.05);
    const verdict = judgeAlone(['There is none.'], false, limits);
    expect(verdict).toMatchObject({ status: 'regressed', failed: true });
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['limit', 'no-baseline']);
  });

  it('of mAP holds on clean images and overall when it is one number', () => {
    expect(limitsOf({ map: 40 }).map(({ level }) => level)).toEqual(['clean', 'overall']);
  });
});

describe('a waiver', () => {
  it('excuses the node and what it is the mean of, with its reason, and the rest still fails', async () => {
    const { verdict, comparison } = await judged({ waivers: [waiver('noise')] });
    expect(verdict.status).toBe('regressed');
    const failing = verdict.reasons.filter(({ code }) => code === 'drop');
    expect(failing.map(({ message }) => message.split(':')[0])).toEqual([
      'all perturbations together',
    ]);
    expect(verdict.reasons.at(-1)).toMatchObject({ code: 'waived' });
    expect(verdict.reasons.at(-1)?.message).toMatch(/^Waived until 2026-12-31 \(new camera\)/);
    const noise = comparison.nodes.find(({ name }) => name === 'noise');
    expect(noise && nodeState(noise)).toBe('waived');
  });

  it('lets the check pass where nothing else regressed, and the sentence says so', async () => {
    const { verdict } = await judged({ waivers: [waiver('noise'), waiver('overall')] });
    expect(verdict).toMatchObject({ status: 'pass', failed: false });
    expect(verdict.sentence).toMatch(/^No regression but what is waived/);
  });

  it('that excuses nothing is said', async () => {
    const { verdict } = await judged({ waivers: [waiver('blur')] }, baseline);
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['waiver-unused']);
  });

  it('counts on its last day and not after, which is said', () => {
    expect(currentWaivers([waiver('noise')], '2026-12-31').current).toHaveLength(1);
    expect(currentWaivers([waiver('noise')], '2027-01-01')).toEqual({
      current: [],
      notes: ['The waiver for noise expired on 2026-12-31: it does not count.'],
    });
  });

  it('never excuses what its node is only a part of', () => {
    expect(covers('noise', { level: 'overall', name: 'overall' })).toBe(false);
    expect(covers('gaussian_noise/3', { level: 'perturbation', name: 'gaussian_noise' })).toBe(
      false,
    );
    expect(covers('noise', { level: 'class', name: 'noise' })).toBe(false);
    expect(covers('class:noise', { level: 'class', name: 'noise' })).toBe(true);
    expect(covers('noise', { level: 'condition', name: 'gaussian_noise/3' })).toBe(true);
  });
});
