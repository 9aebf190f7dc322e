import { describe, expect, it } from '@jest/globals';
import { compareManifests } from '../../src/baseline/compatible.ts';
import { conditions, manifestOf } from '../helpers/runs.ts';

const run = manifestOf(10);

describe('two runs', () => {
  it('are comparable when only the model differs', () => {
    const other = { ...run, model: { file: 'other.onnx', digest: 'f'.repeat(64) } };
    expect(compareManifests(run, other)).toEqual({ kind: 'comparable' });
  });

  it.each([
    [
      'classes',
      { ...run, dataset: { ...run.dataset, classes: ['car', 'cat'] } },
      'only in the baseline: "dog"; only in the candidate: "cat"',
    ],
    [
      'order of the classes',
      { ...run, dataset: { ...run.dataset, classes: ['dog', 'car'] } },
      'in another order or number: baseline "car", "dog"; candidate "dog", "car"',
    ],
    [
      'floor',
      { ...run, predictor: { ...run.predictor, floor: 0.01 } },
      'baseline 0.001, candidate 0.01',
    ],
    ['seed', { ...run, suite: { ...run.suite, seed: 7 } }, 'baseline 0, candidate 7'],
  ])('are refused when the %s differ, with both values and what to do', (_, other, found) => {
    const result = compareManifests(run, other);
    if (result.kind !== 'refused') throw new Error(result.kind);
    expect(result.differences).toHaveLength(1);
    expect(result.differences[0]?.message).toContain(found);
    expect(result.differences[0]?.fix).toBeTruthy();
  });

  it.each([
    [80, 'comparable'],
    [79, 'different'],
  ])('of 100 and %d images in common are %s', (kept, kind) => {
    const all = manifestOf(100);
    const some = { ...all, images: all.images.slice(0, kept) };
    expect(compareManifests(all, some).kind).toBe(kind);
    expect(compareManifests(some, all).kind).toBe(kind);
  });

  it.each([
    [
      'labels of a quarter',
      {
        ...run,
        images: run.images.map((image, i) =>
          i < 3 ? { ...image, labels: 'f'.repeat(64) } : image,
        ),
      },
      '3 images have other labels than in the baseline (30 % of its 10).',
    ],
    [
      'conditions',
      { ...run, suite: { ...run.suite, conditions: conditions.slice(0, 2) } },
      'Too little in common: 2 of 5 conditions (40 %)',
    ],
    [
      'perturbation versions',
      {
        ...run,
        suite: {
          ...run.suite,
          conditions: conditions.map((of) => (of.kind === 'clean' ? of : { ...of, version: 99 })),
        },
      },
      'gaussian_noise (baseline 1, candidate 99)',
    ],
    ['metric version', { ...run, metricVersion: 2 }, 'baseline 1, candidate 2'],
    [
      'clean condition',
      { ...run, suite: { ...run.suite, conditions: conditions.slice(1) } },
      'clean condition',
    ],
  ])('are of something else when the %s differ', (_, other, found) => {
    const result = compareManifests(run, other);
    expect(result.kind === 'different' ? result.differences.join('\n') : '').toContain(found);
  });
});
