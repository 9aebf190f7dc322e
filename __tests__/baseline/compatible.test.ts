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
    ['classes', { ...run, dataset: { ...run.dataset, classes: ['car', 'cat'] } }, 'car, cat'],
    ['floor', { ...run, predictor: { ...run.predictor, floor: 0.01 } }, '0.01'],
    ['seed', { ...run, suite: { ...run.suite, seed: 7 } }, '7'],
  ])('are refused when the %s differ', (_, other, found) => {
    const result = compareManifests(run, other);
    expect(result.kind).toBe('refused');
    expect(result.kind === 'refused' ? result.differences.join() : '').toContain(found);
  });

  it.each([
    [
      'images',
      { ...run, dataset: { ...run.dataset, imagesDigest: 'a'.repeat(64) } },
      'imagesDigest',
    ],
    [
      'labels',
      { ...run, dataset: { ...run.dataset, labelsDigest: 'b'.repeat(64) } },
      'labelsDigest',
    ],
    ['groups', { ...run, images: manifestOf(10, 2).images }, 'groups'],
    [
      'conditions',
      { ...run, suite: { ...run.suite, conditions: conditions.slice(0, 2) } },
      'the candidate lacks the conditions',
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
      'params or version differ for',
    ],
  ])('are of something else when the %s differ', (_, other, found) => {
    const result = compareManifests(run, other);
    expect(result.kind).toBe('different');
    expect(result.kind === 'different' ? result.differences.join() : '').toContain(found);
  });
});
