import { describe, expect, it } from '@jest/globals';
import type { Run } from '../../src/baseline/run.ts';
import { compareRuns } from '../../src/compare/compare.ts';
import { summarizeCorruption } from '../../src/compare/corruption.ts';
import { withoutImages } from '../../src/compare/restrict.ts';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { findObjects, type FoundCondition } from '../../src/evaluate/risk.ts';
import { matchCondition, scoreCondition } from '../../src/evaluate/score.ts';
import { conditions, drawRun } from '../helpers/runs.ts';

const IMAGES = 60;
const policy = GatePolicySchema.parse({});
const baseline = drawRun(IMAGES, [0.9, 0.8, 0.7, 0.8, 0.7], 1);
const candidate = drawRun(IMAGES, [0.7, 0.55, 0.4, 0.6, 0.5], 2);
const comparing = compareRuns(baseline, candidate, policy, 200);

async function foundIn(run: Run, condition: number): Promise<FoundCondition> {
  const matched = matchCondition(await run.truth(condition), await run.detections(condition), 2);
  return findObjects(matched, run.manifest.confidence.value);
}

describe('the benchmark’s summaries', () => {
  it('are computed from every condition’s mAP as the papers have it', async () => {
    const { information } = await comparing;
    const mapOf = async (run: Run): Promise<number[]> =>
      Promise.all(
        conditions.map(async (_, index) => scoreCondition(await foundIn(run, index)).map ?? NaN),
      );
    const [before, now] = [await mapOf(baseline), await mapOf(candidate)];
    // Clean, noise 1 and 3, blur 1 and 3.
    const [clean = NaN, n1 = NaN, n3 = NaN, b1 = NaN, b3 = NaN] = before;
    const [cleanNow = NaN, m1 = NaN, m3 = NaN, c1 = NaN, c3 = NaN] = now;
    const corruption = information.corruption!;
    expect(corruption.baseline.mpc).toBeCloseTo((n1 + n3 + b1 + b3) / 4, 9);
    expect(corruption.candidate.rpc).toBeCloseTo((25 * (m1 + m3 + c1 + c3)) / cleanNow, 9);
    const ce = [(200 - m1 - m3) / (200 - n1 - n3), (200 - c1 - c3) / (200 - b1 - b3)];
    expect(corruption.mce).toBeCloseTo(50 * (ce[0]! + ce[1]!), 9);
    const relative = [
      (2 * cleanNow - m1 - m3) / (2 * clean - n1 - n3),
      (2 * cleanNow - c1 - c3) / (2 * clean - b1 - b3),
    ];
    expect(corruption.relativeMce).toBeCloseTo(50 * (relative[0]! + relative[1]!), 9);
  });

  it('have no relative error where the baseline loses next to nothing', () => {
    const flat = conditions.map(() => 50);
    const one = summarizeCorruption(conditions, {
      baseline: [50, 49.5, 49.2, 40, 30],
      candidate: [50, 45, 45, 40, 30],
    });
    expect(one?.errors.map(({ relativeCe }) => relativeCe)).toEqual([null, 100]);
    expect(one?.relativeMce).toBe(100);
    const none = summarizeCorruption(conditions, { baseline: flat, candidate: flat });
    expect(none).toMatchObject({ mce: 100, relativeMce: null, candidate: { rpc: 100 } });
  });

  it('are absent where a condition has no mAP', () => {
    const maps = conditions.map(() => null);
    expect(summarizeCorruption(conditions, { baseline: maps, candidate: maps })).toBeNull();
  });
});

describe('the risk on the objects that both models found', () => {
  it('counts no other object, and each model’s own spurious detections', async () => {
    const { information } = await comparing;
    const clean = [await foundIn(baseline, 0), await foundIn(candidate, 0)];
    const both = [...clean[0]!.findings.found.keys()].filter((row) =>
      clean.every(({ findings }) => findings.found[row] === 1),
    );
    const scores: number[] = [];
    for (const index of [1, 2, 3, 4]) {
      const changed = await foundIn(candidate, index);
      const lost = both.filter((row) => !changed.findings.found[row]).length;
      const before = clean[1]!;
      const spurious = changed.findings.spurious.flatMap((rows, image) =>
        rows.filter(
          (row) =>
            !before.findings.spurious[image]!.some(
              (old) =>
                before.detections.classes[old] === changed.detections.classes[row] &&
                // False detections of a scene are squares of one size in one line.
                Math.abs(before.detections.boxes[4 * old]! - changed.detections.boxes[4 * row]!) <=
                  50 / 3,
            ),
        ),
      ).length;
      scores.push((100 * (lost + spurious)) / (both.length + spurious));
    }
    const [overall] = information.foundByBoth;
    expect(overall?.level).toBe('overall');
    expect(overall?.candidate.value).toBeCloseTo(scores.reduce((a, b) => a + b) / 4, 9);
    expect(overall?.rise).toBeCloseTo(overall!.candidate.value - overall!.baseline.value, 9);
    expect(overall?.standardError).toBeGreaterThan(0);
  });

  it('is the risk itself where both found the same', async () => {
    const same = await compareRuns(baseline, baseline, policy, 50);
    expect(same.information.foundByBoth).toEqual(same.risk);
  });
});

describe('objects by size', () => {
  it('are counted on the original images, with the drop on changed ones', async () => {
    const { information } = await comparing;
    const truth = await baseline.truth(0);
    const { areas, offsets } = truth;
    const small = [...areas].filter((area) => area <= 1024).length;
    const withSmall = Array.from({ length: IMAGES }, (_, image) =>
      areas.subarray(offsets[image], offsets[image + 1]).some((area) => area <= 1024),
    ).filter(Boolean).length;
    const [first, medium, large] = information.sizes;
    expect(first).toMatchObject({ size: 'small', objects: small, groups: withSmall });
    expect(medium!.drop).toBeCloseTo(medium!.perturbed[0]! - medium!.perturbed[1]!, 9);
    expect(large).toMatchObject({ size: 'large', objects: 0, clean: [null, null], drop: null });
  });
});

describe('the drops of sizes and classes', () => {
  it('have the standard error of the delete-one-image jackknife', async () => {
    const whole = await comparing;
    const drops: number[][] = [];
    for (const { digest } of baseline.manifest.images) {
      const [before, now] = [baseline, candidate].map((run) =>
        withoutImages(run, new Set([digest])),
      );
      const { information, classes } = await compareRuns(before!, now!, policy, 10);
      const [small, medium] = information.sizes;
      drops.push([
        small!.drop!,
        medium!.drop!,
        ...classes.map(({ perturbed }) => perturbed[0]! - perturbed[1]!),
      ]);
    }
    const exact = drops[0]!.map((_, i) => {
      const values = drops.map((of) => of[i]!);
      const centre = values.reduce((a, b) => a + b) / IMAGES;
      const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
      return Math.sqrt(((IMAGES - 1) / IMAGES) * squares);
    });
    const ours = [
      ...whole.information.sizes.slice(0, 2),
      ...whole.classes.filter(({ groups }) => groups > 0),
    ].map(({ standardError }) => standardError);
    // Small objects are in too few images.
    expect(ours[0]).toBeNull();
    const ratios = ours.flatMap((value, i) => (value === null ? [] : [value / exact[i]!]));
    expect(ratios).toHaveLength(3);
    expect(Math.min(...ratios)).toBeGreaterThan(0.9);
    expect(Math.max(...ratios)).toBeLessThan(1.1);
  });

  it('have none with objects in fewer than 10 groups', async () => {
    const few = await compareRuns(drawRun(9, [0.9, 0.8], 1), drawRun(9, [0.9, 0.5], 2), policy, 10);
    const { information, classes } = few;
    const errors = [...information.sizes, ...classes].map(({ standardError }) => standardError);
    expect(new Set(errors)).toEqual(new Set([null]));
  });
});

describe('the consistency risk', () => {
  it('has families and overall, with the error of the difference', async () => {
    const { information } = await comparing;
    const families = information.consistency.filter(({ level }) => level === 'family');
    const [overall] = information.consistency;
    expect(families.map(({ name }) => name)).toEqual(['noise', 'blur']);
    expect(overall!.candidate.value).toBeCloseTo(
      (families[0]!.candidate.value + families[1]!.candidate.value) / 2,
      9,
    );
    expect(overall!.standardError).toBeGreaterThan(0);
  });

  it('does not change with the labels', async () => {
    const unlabelled = (run: Run): Run => ({
      ...run,
      truth: async (condition) => {
        const truth = await run.truth(condition);
        return { ...truth, crowd: truth.crowd.map(() => 1) };
      },
    });
    const without = await compareRuns(unlabelled(baseline), unlabelled(candidate), policy, 50);
    expect(without.information.consistency).toEqual((await comparing).information.consistency);
    expect(without.information.corruption).toBeNull();
  });
});
