import { describe, expect, it } from '@jest/globals';
import {
  jointTest,
  standardErrorOf,
  studentQuantile,
  type TestColumn,
} from '../../src/compare/max-t.ts';
import { uniform } from '../helpers/scenes.ts';

/** Sum of twelve uniforms less six: normal enough, no transcendental function. */
function normal(random: () => number): number {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += random();
  return sum;
}

/** Means of correlated noise over groups, as drops; `shifts` are the true ones. */
function drawColumns(
  groups: number,
  shifts: readonly number[],
  random: () => number,
): TestColumn[] {
  const common = Array.from({ length: groups }, () => normal(random));
  return shifts.map((shift) => {
    const values = common.map((value) => shift + 0.7 * value + 0.7 * normal(random));
    const mean = values.reduce((sum, value) => sum + value, 0) / groups;
    const influence = Float64Array.from(values, (value) => (value - mean) / (groups - 1));
    return { influence, drop: mean, standardError: standardErrorOf(influence), maxDrop: 0 };
  });
}

/** Westfall and Young's step-down as their paper has it, one hypothesis at a time, with draws of its own. */
function naiveStepDown(columns: readonly TestColumn[], replicates: number): number[] {
  const random = uniform(5);
  const groups = columns[0]!.influence.length;
  const draws = Array.from({ length: replicates }, () => {
    const sums = columns.map(() => 0);
    for (let k = 0; k < groups; k++) {
      const group = Math.floor(random() * groups);
      columns.forEach(({ influence, standardError }, j) => {
        sums[j]! += influence[group]! / standardError;
      });
    }
    return sums;
  });
  const statistic = columns.map(({ drop, standardError }) => drop / standardError);
  const order = [...columns.keys()].sort((a, b) => statistic[b]! - statistic[a]!);
  const adjusted = columns.map(() => 0);
  let least = 0;
  order.forEach((column, rank) => {
    const rest = order.slice(rank);
    const over = draws.filter(
      (sums) => Math.max(...rest.map((j) => sums[j]!)) >= statistic[column]!,
    ).length;
    least = Math.max(least, (1 + over) / (replicates + 1));
    adjusted[column] = least;
  });
  return adjusted;
}

describe('the joint test', () => {
  it('gives the p of a naive step-down', () => {
    // So many groups that Student's t is the normal distribution, which the naive one takes.
    const columns = drawColumns(300, [0.05, 0, 0.15, 0.1], uniform(3));
    const { adjustedP } = jointTest(columns, 300, 2000, 0, 0.05);
    const naive = naiveStepDown(columns, 2000);
    adjustedP.forEach((p, j) => expect(Math.abs(p - naive[j]!)).toBeLessThan(0.04));
    expect(Math.min(...adjustedP)).toBeLessThan(0.05);
    expect(Math.max(...adjustedP)).toBeGreaterThan(0.2);
  });

  it('raises a false alarm in about 5 of 100 where every drop is exactly at its limit', () => {
    const random = uniform(11);
    const trials = 200;
    let alarms = 0;
    for (let trial = 0; trial < trials; trial++) {
      const columns = drawColumns(50, [0, 0, 0, 0, 0], random);
      const { adjustedP } = jointTest(columns, 50, 300, trial, 0.05);
      if (Math.min(...adjustedP) <= 0.05) alarms += 1;
    }
    // Three standard errors of 200 trials: ± 4.6.
    expect((100 * alarms) / trials).toBeGreaterThan(0.4);
    expect((100 * alarms) / trials).toBeLessThan(9.6);
  });

  it('asks more of many comparisons than of one', () => {
    const columns = drawColumns(80, [0, 0, 0, 0, 0, 0, 0, 0], uniform(4));
    const one = jointTest(columns.slice(0, 1), 80, 4000, 0, 0.05).critical;
    const all = jointTest(columns, 80, 4000, 0, 0.05).critical;
    expect(Math.abs(one - studentQuantile(0.95, 79))).toBeLessThan(0.12);
    expect(all).toBeGreaterThan(one + 0.3);
  });

  it('is the same for the same seed and differs for another', () => {
    const columns = drawColumns(50, [0.1, 0.2], uniform(8));
    const first = jointTest(columns, 50, 500, 1, 0.05);
    expect(jointTest(columns, 50, 500, 1, 0.05)).toEqual(first);
    expect(jointTest(columns, 50, 500, 2, 0.05)).not.toEqual(first);
  });

  it('stays finite with nothing to test, one group or few replicates', () => {
    const [column] = drawColumns(5, [0], uniform(9));
    const results = [
      jointTest([], 80, 100, 0, 0.05),
      jointTest([], 1, 100, 0, 0.05),
      jointTest(column ? [column] : [], 5, 3, 0, 0.05),
    ];
    for (const { critical, criticalTwoSided } of results) {
      expect(Number.isFinite(critical)).toBe(true);
      expect(criticalTwoSided).toBeGreaterThanOrEqual(critical);
    }
  });
});

describe("Student's t", () => {
  it.each([
    [0.95, 49, 1.6766],
    [0.95, 99, 1.6604],
    [0.975, 10, 2.2281],
  ])(
    'has the quantile of the printed tables at %d with %d degrees',
    (probability, degrees, value) => {
      expect(studentQuantile(probability, degrees)).toBeCloseTo(value, 4);
    },
  );
});
