import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commonPart } from '../../src/baseline/common.ts';
import {
  lackSentence,
  leftOutSentences,
  percent,
  scopeSentence,
} from '../../src/baseline/left-out.ts';
import type { RunManifest } from '../../src/baseline/manifest.ts';
import { conditions, manifestOf } from '../helpers/runs.ts';

const run = manifestOf(10);
const withImages = (images: RunManifest['images']): RunManifest => ({ ...run, images });
const relabelled = (image: RunManifest['images'][number]) => ({ ...image, labels: 'f'.repeat(64) });

function told(baseline: RunManifest, candidate: RunManifest): string[] {
  const { leftOut } = commonPart(baseline, candidate);
  return leftOut === null ? [] : leftOutSentences(leftOut);
}

describe('what two runs have in common', () => {
  it('is everything where they are alike, and nothing is told', () => {
    const { images, conditions: both, leftOut } = commonPart(run, run);
    expect(images).toEqual(run.images.map((_, rank) => ({ baseline: rank, candidate: rank })));
    expect(both).toHaveLength(conditions.length);
    expect(leftOut).toBeNull();
  });

  it('is found by content, whatever the images are called', () => {
    const renamed = withImages(run.images.map((image) => ({ ...image, id: `new/${image.id}` })));
    expect(commonPart(run, renamed).leftOut).toBeNull();
  });

  it('is without what was taken away, added or labelled otherwise, told in this order', () => {
    const [first, , ...rest] = run.images;
    const added = { ...first!, digest: 'e'.repeat(64) };
    const other = withImages([relabelled(first!), ...rest, added]);
    const { images, leftOut } = commonPart(run, other);
    expect(images).toEqual(rest.map((_, i) => ({ baseline: i + 2, candidate: i + 1 })));
    expect(told(run, other)).toEqual([
      '1 image of the baseline is not in this run (10 % of its 10).',
      '1 image of this run is not in the baseline (10 % of 10).',
      '1 image has other labels than in the baseline (10 % of its 10).',
    ]);
    expect(leftOut && scopeSentence(leftOut)).toBe(
      'Judged on what both have: 8 images under 5 conditions.',
    );
    expect(leftOut && lackSentence(leftOut)).toBe(
      'Judged without 2 of the baseline’s 10 images (20 %; 1 not in this run, 1 labelled otherwise).',
    );
  });

  it('is without conditions of other params or that one run lacks', () => {
    const changed = conditions
      .slice(0, 4)
      .map((condition) =>
        condition.id === 'gaussian_noise/1' ? { ...condition, params: { sigma: 9 } } : condition,
      );
    const other = { ...run, suite: { ...run.suite, conditions: changed } };
    expect(told(run, other)).toEqual([
      '1 condition of the baseline is not in this run: gaussian_blur/3.',
      '1 condition of both runs is of other params in each: gaussian_noise/1.',
    ]);
    const { leftOut } = commonPart(run, other);
    expect(leftOut && lackSentence(leftOut)).toBe('Judged without 2 of its 5 conditions (40 %).');
  });

  it('has nothing to say before the verdict where the candidate only adds', () => {
    const { leftOut } = commonPart(withImages(run.images.slice(1)), run);
    expect(leftOut && lackSentence(leftOut)).toBeNull();
  });
});

describe('groups that differ', () => {
  it('are joined: what either run takes for dependent stays together', () => {
    const grouped = withImages(
      run.images.map((image, i) => ({ ...image, group: i < 3 ? 'a' : `${i}` })),
    );
    const otherwise = withImages(
      run.images.map((image, i) => ({ ...image, group: i > 1 && i < 5 ? 'b' : `${i}` })),
    );
    const { groups, leftOut } = commonPart(grouped, otherwise);
    expect(groups).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 4, 5]);
    expect(leftOut?.groups).toEqual({ common: 6, baseline: 8, candidate: 8 });
    expect(told(grouped, otherwise).join()).toContain('Images are grouped otherwise');
  });

  it('are the same under other names', () => {
    const renamed = withImages(run.images.map((image) => ({ ...image, group: `x${image.group}` })));
    expect(commonPart(run, renamed).leftOut).toBeNull();
  });

  it('give no more groups than either run has, in any pair of groupings', () => {
    const grouping = fc.array(fc.nat({ max: 5 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(grouping, grouping, (a, b) => {
        const [x, y] = [a, b].map((of) =>
          withImages(run.images.map((image, i) => ({ ...image, group: `${of[i]}` }))),
        );
        const { groups } = commonPart(x!, y!);
        expect(new Set(groups).size).toBeLessThanOrEqual(
          Math.min(new Set(a).size, new Set(b).size),
        );
        const together = groups.flatMap((of, i) =>
          groups.filter((_, j) => a[i] === a[j] || b[i] === b[j]).map((other) => of === other),
        );
        expect(together).not.toContain(false);
      }),
    );
  });
});

describe('a share', () => {
  it.each([
    [0, 100, '0 %'],
    [1, 1000, 'under 1 %'],
    [19, 100, '19 %'],
    [999, 1000, 'over 99 %'],
    [5, 5, '100 %'],
  ])('of %d in %d is %s', (part, all, text) => expect(percent(part, all)).toBe(text));
});
