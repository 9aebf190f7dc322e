import { describe, expect, it } from '@jest/globals';
import type { Run } from '../../src/baseline/run.ts';
import { compareRuns } from '../../src/compare/compare.ts';
import type { Comparison, NodeComparison } from '../../src/compare/comparison.ts';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { judge } from '../../src/judge/judge.ts';
import { drawRun, sharedTruth } from '../helpers/runs.ts';
import { detectionTable } from '../helpers/tables.ts';

const IMAGES = 120;
const policy = GatePolicySchema.parse({});
// Clean, blur 1 and 3 or noise 1 and 3: the suite's own order decides.
const able = [0.9, 0.8, 0.7, 0.8, 0.7];

function compare(baseline: Run, candidate: Run): Promise<Comparison> {
  return compareRuns(baseline, candidate, policy, 500);
}

function node({ nodes }: Comparison, level: string, name: string): NodeComparison {
  const found = nodes.find((entry) => entry.level === level && entry.name === name);
  if (!found) throw new Error(`no ${level} ${name}`);
  return found;
}

describe('two equal runs', () => {
  it('have no drop anywhere and pass', async () => {
    const comparison = await compare(drawRun(IMAGES, able, 1), drawRun(IMAGES, able, 1));
    expect(
      comparison.nodes.every(({ drop, untested }) => drop === 0 && untested === 'identical'),
    ).toBe(true);
    expect(
      comparison.risk.every(({ rise, standardError }) => rise === 0 && standardError === 0),
    ).toBe(true);
    expect(comparison.failures).toEqual([]);
    expect(judge(comparison, policy).status).toBe('pass');
  });
});

describe('a candidate that is worse under noise', () => {
  const weak = drawRun(IMAGES, [0.9, 0.55, 0.4, 0.8, 0.7], 2);
  const comparing = compare(drawRun(IMAGES, able, 1), weak);

  it('regresses there and not elsewhere', async () => {
    const comparison = await comparing;
    const verdict = judge(comparison, policy);
    expect(verdict.status).toBe('regressed');
    expect(verdict.sentence).toMatch(
      /mAP under noise fell by \d+\.\d ± \d+\.\d points, more than the 1\.0/,
    );
    expect(node(comparison, 'family', 'noise').change).toBe('worse');
    expect(node(comparison, 'family', 'blur').untested).toBe('identical');
    expect(node(comparison, 'clean', 'clean').drop).toBe(0);
  });

  it('has the mean of its conditions as drop of a family, and of families as overall', async () => {
    const comparison = await comparing;
    const drops = [1, 3].map(
      (severity) => node(comparison, 'condition', `gaussian_noise/${severity}`).drop,
    );
    const family = node(comparison, 'family', 'noise').drop;
    expect(family).toBeCloseTo((drops[0]! + drops[1]!) / 2, 9);
    expect(node(comparison, 'overall', 'overall').drop).toBeCloseTo(family / 2, 9);
  });

  it('has a risk score that rises and is the sum of its parts', async () => {
    const { risk } = await comparing;
    const noise = risk.find(({ level, name }) => level === 'family' && name === 'noise');
    expect(noise?.rise).toBeGreaterThan(2 * (noise?.standardError ?? Infinity));
    const { value, lost, spurious } = noise?.candidate ?? { value: 0, lost: 0, spurious: 1 };
    expect(lost + spurious).toBeCloseTo(value, 9);
  });

  it('shows as failures only what the baseline still finds, no image twice', async () => {
    const { failures } = await comparing;
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.every(({ condition }) => condition.startsWith('gaussian_noise/'))).toBe(true);
    expect(new Set(failures.map(({ image }) => image)).size).toBe(failures.length);
    const truth = sharedTruth(IMAGES);
    for (const { image, objects, classes } of failures) {
      const names = objects.map((row) => ['car', 'dog'][truth[image]?.[row]?.class ?? -1]);
      expect(classes).toEqual(names);
    }
  });

  it('gives the same result again', async () => {
    expect(await compare(drawRun(IMAGES, able, 1), weak)).toEqual(await comparing);
  });

  it('has fewer groups and no smaller error where images belong together', async () => {
    const grouped = await compare(
      drawRun(IMAGES, able, 1, 2),
      drawRun(IMAGES, [0.9, 0.55, 0.4, 0.8, 0.7], 2, 2),
    );
    expect(grouped.groups).toBe(IMAGES / 2);
    expect(judge(grouped, policy).reasons.map(({ code }) => code)).toContain('few-groups');
  });
});

describe('a candidate that finds nothing', () => {
  const blind: Run = {
    ...drawRun(IMAGES, able, 3),
    detections: () => Promise.resolve(detectionTable(sharedTruth(IMAGES).map(() => []))),
  };

  it('regresses against an ordinary baseline', async () => {
    expect(judge(await compare(drawRun(IMAGES, able, 1), blind), policy).status).toBe('regressed');
  });

  it('regresses against a perfect baseline, which has no influence values', async () => {
    const perfect: Run = {
      ...drawRun(IMAGES, able, 1),
      detections: () =>
        Promise.resolve(
          detectionTable(
            sharedTruth(IMAGES).map((rows) => rows.map((row) => ({ ...row, confidence: 0.9 }))),
          ),
        ),
    };
    expect(judge(await compare(perfect, blind), policy).status).toBe('regressed');
  });

  it('is not called safe as a baseline', async () => {
    const verdict = judge(await compare(blind, drawRun(IMAGES, able, 1)), policy);
    expect(verdict.status).toBe('inconclusive');
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['untestable']);
  });
});

describe('a single image', () => {
  it('is compared without a number that is not one, and not judged', async () => {
    const comparison = await compare(drawRun(1, able, 1), drawRun(1, [0.2, 0.2, 0.2, 0.2, 0.2], 2));
    const numbers = comparison.nodes.flatMap(
      ({ drop, standardError, interval, detectableDrop }) => [
        drop,
        standardError,
        ...interval,
        detectableDrop,
      ],
    );
    expect(numbers.every((value) => Number.isFinite(value))).toBe(true);
    expect(judge(comparison, policy).reasons.map(({ code }) => code)).toEqual(['too-few-groups']);
  });
});
