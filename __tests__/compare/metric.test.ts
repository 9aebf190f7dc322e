import { describe, expect, it } from '@jest/globals';
import { compareRuns } from '../../src/compare/compare.ts';
import { type GatePolicy, GatePolicySchema } from '../../src/compare/policy.ts';
import { scoreRun } from '../../src/evaluate/score-run.ts';
import type { Run } from '../../src/baseline/run.ts';
import { judge } from '../../src/judge/judge.ts';
import { drawRun, sharedTruth } from '../helpers/runs.ts';
import { detectionTable } from '../helpers/tables.ts';

const IMAGES = 120;
const able = [0.9, 0.8, 0.7, 0.8, 0.7];
const baseline = drawRun(IMAGES, able, 1);
const weak = drawRun(IMAGES, [0.9, 0.5, 0.4, 0.8, 0.7], 2);
const compare = (candidate: Run, policy: GatePolicy) =>
  compareRuns(baseline, candidate, policy, 500);

describe('a gate on AP50', () => {
  const policy = GatePolicySchema.parse({ metric: 'ap50' });

  it('judges the AP at IoU .50 that the run itself reports', async () => {
    const { nodes } = await compare(weak, policy);
    const { metrics } = await scoreRun(weak.manifest, weak, 0.4);
    const clean = nodes.find(({ level }) => level === 'clean');
    expect(clean?.candidate).toBeCloseTo(metrics[0]?.ap50 ?? Number.NaN, 9);
    expect(nodes.every(({ metric }) => metric === 'ap50')).toBe(true);
  });

  it('names it in the verdict', async () => {
    expect(judge(await compare(weak, policy), policy).sentence).toMatch(
      /^Robustness regressed: AP50 under noise fell by/,
    );
  });
});

describe('a gate on the risk score', () => {
  const policy = GatePolicySchema.parse({ metric: 'risk' });

  it('takes a rise for a drop, the same as the risk that is printed', async () => {
    const comparison = await compare(weak, policy);
    const noise = comparison.nodes.find(({ name }) => name === 'noise');
    const printed = comparison.risk.find(({ name }) => name === 'noise');
    expect(noise).toMatchObject({ metric: 'risk', regressed: true });
    expect(noise?.drop).toBeCloseTo(printed?.rise ?? Number.NaN, 9);
    expect(noise?.standardError).toBeCloseTo(printed?.standardError ?? Number.NaN, 9);
    expect(judge(comparison, policy).sentence).toMatch(
      /^Robustness regressed: the risk score under noise rose by/,
    );
  });

  it('does not call a candidate safe that finds nothing and so has nothing to lose', async () => {
    const blind: Run = {
      ...drawRun(IMAGES, able, 3),
      detections: () => Promise.resolve(detectionTable(sharedTruth(IMAGES).map(() => []))),
    };
    const comparison = await compare(blind, policy);
    const regressed = comparison.nodes.filter((node) => node.regressed).map(({ name }) => name);
    expect(regressed).toEqual(expect.arrayContaining(['clean', 'noise', 'blur']));
  });

  it('judges clean images, which have no risk, by their mAP', async () => {
    const { nodes } = await compare(drawRun(IMAGES, [0.5, ...able.slice(1)], 4), policy);
    expect(nodes[0]).toMatchObject({ level: 'clean', metric: 'map', regressed: true });
  });

  it('has no classes: they have no risk of their own', () => {
    const gate = { metric: 'risk', maxDrop: { classes: { dog: 1 } } };
    expect(GatePolicySchema.safeParse(gate).success).toBe(false);
  });
});

describe('a class that maxDrop names', () => {
  const policy = GatePolicySchema.parse({ maxDrop: { classes: { dog: 0.5 } } });

  it('joins the joint test, on clean images and over all perturbations, with its margin', async () => {
    const { nodes, classes, test } = await compare(weak, policy);
    const dog = classes.find(({ name }) => name === 'dog');
    const [clean, perturbed] = nodes.filter(({ name }) => name === 'dog');
    expect(clean).toMatchObject({ level: 'class-clean', maxDrop: 0.5 });
    expect(perturbed).toMatchObject({ level: 'class', maxDrop: 0.5, regressed: true });
    expect(perturbed?.baseline).toBeCloseTo(dog?.perturbed[0] ?? Number.NaN, 9);
    expect(perturbed?.candidate).toBeCloseTo(dog?.perturbed[1] ?? Number.NaN, 9);
    const without = await compare(weak, GatePolicySchema.parse({}));
    expect(test.tested).toBe(without.test.tested + 1);
  });

  it('is named in the reasons', async () => {
    const messages = judge(await compare(weak, policy), policy).reasons.map(
      ({ message }) => message,
    );
    expect(messages.some((text) => text.startsWith('class dog over all perturbations'))).toBe(true);
  });
});
