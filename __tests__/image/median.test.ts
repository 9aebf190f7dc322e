import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { medianFilter } from '../../src/image/median.ts';
import { medianBlur } from '../../src/perturb/perturbations/median-blur.ts';
import { pictures } from '../helpers/pictures.ts';
import { medianPortable } from '../portable/median.ts';

describe('the median filter', () => {
  it.each([3, 5, 7, 9, 11, 31])(
    'of side %d gives the same bytes as in plain JavaScript',
    (side) => {
      fc.assert(
        fc.property(pictures, (image) => {
          expect(medianFilter(image, side)).toEqual(medianPortable(image, side));
        }),
      );
    },
  );

  it('takes no even side: it has no middle', () => {
    expect(medianBlur.params.safeParse({ side: 4 }).success).toBe(false);
  });
});
