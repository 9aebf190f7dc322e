import { describe, expect, it } from '@jest/globals';
import { compareRuns } from '../../src/compare/compare.ts';
import { GatePolicySchema } from '../../src/compare/policy.ts';
import { drawRun } from '../helpers/runs.ts';

const policy = GatePolicySchema.parse({});
// Clean, noise at 1 and 3, blur at 1 and 3: worse under noise, better under blur.
const comparing = compareRuns(
  drawRun(120, [0.9, 0.8, 0.8, 0.6, 0.4], 1),
  drawRun(120, [0.9, 0.7, 0.4, 0.6, 0.8], 2),
  policy,
  300,
);

describe('failure examples', () => {
  it('begin with the worst condition of what regressed, the images that cause most of the drop first', async () => {
    const { failures } = await comparing;
    expect(failures[0]).toMatchObject({ kind: 'broken', condition: 'gaussian_noise/3' });
    expect(failures[0]!.influence).toBeGreaterThan(failures[1]!.influence);
    expect(failures.every(({ condition }) => condition.startsWith('gaussian_noise'))).toBe(true);
  });

  it('show an image once and a condition twice', async () => {
    const { failures } = await comparing;
    const most = (keys: readonly (string | number)[]): number =>
      Math.max(...keys.map((key) => keys.filter((other) => other === key).length));
    expect(most(failures.map(({ image }) => image))).toBe(1);
    expect(most(failures.map(({ condition }) => condition))).toBe(2);
  });

  it('have a counterpart: what the candidate finds and the baseline loses', async () => {
    const { fixes } = await comparing;
    expect(fixes[0]).toMatchObject({ kind: 'fixed', condition: 'gaussian_blur/3' });
    expect(fixes[0]!.influence).toBeLessThan(0);
  });
});

describe('drops of single classes', () => {
  it('come for clean images and every perturbation', async () => {
    const { classDrops } = await comparing;
    expect(classDrops.map(({ name }) => name)).toEqual([
      'clean',
      'gaussian_noise',
      'gaussian_blur',
    ]);
  });

  it('are the differences of what each class has, and marked where they are sure', async () => {
    const { classDrops, classes } = await comparing;
    const [clean, noise, blur] = classDrops.map(({ drops }) => drops[0]);
    expect(clean?.drop).toBeCloseTo(classes[0]!.clean[0]! - classes[0]!.clean[1]!, 9);
    expect([clean?.change, noise?.change, blur?.change]).toEqual([
      'no visible change',
      'worse',
      'better',
    ]);
    const perturbed = classes[0]!.perturbed[0]! - classes[0]!.perturbed[1]!;
    expect((noise!.drop + blur!.drop) / 2).toBeCloseTo(perturbed, 9);
  });

  it('are sure of nothing with fewer than 50 groups', async () => {
    const { classDrops } = await compareRuns(
      drawRun(40, [0.9, 0.9, 0.9, 0.9, 0.9], 1),
      drawRun(40, [0.9, 0.1, 0.1, 0.9, 0.9], 2),
      policy,
      300,
    );
    const changes = classDrops.flatMap(({ drops }) => drops.map((drop) => drop?.change));
    expect(new Set(changes)).toEqual(new Set(['no visible change']));
  });
});

describe('errors by kind', () => {
  it('are counted for both models under every condition', async () => {
    const { errors } = await comparing;
    expect(errors.map(({ condition }) => condition)).toEqual([
      'clean',
      'gaussian_noise/1',
      'gaussian_noise/3',
      'gaussian_blur/1',
      'gaussian_blur/3',
    ]);
    const noise = errors[2]!;
    expect(noise.candidate.missed).toBeGreaterThan(noise.baseline.missed);
    expect(noise.candidate.objects).toBe(noise.baseline.objects);
  });
});
