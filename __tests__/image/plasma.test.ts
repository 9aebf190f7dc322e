import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addCloud, addIce } from '../../src/image/plasma.ts';
import { philox } from '../../src/image/random.ts';
import { addCloudPortable, addIcePortable } from '../portable/plasma.ts';
import { pictures } from '../helpers/arbitraries.ts';

const random = fc.nat().map((key) => philox(key, 1, 0));
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('a cloud', () => {
  it('has the same bytes in WebAssembly as in plain JavaScript', () => {
    const amount = fc.double({ min: 0, max: 10, noNaN: true });
    const decay = fc.double({ min: 1, max: 4, noNaN: true });
    fc.assert(
      fc.property(pictures, amount, decay, random, (picture, most, less, draws) => {
        expect(addCloud(picture, most, less, draws)).toEqual(
          addCloudPortable(picture, most, less, draws),
        );
      }),
    );
  });

  it('of nothing leaves a picture as it is, and any leaves a black one black', () => {
    fc.assert(
      fc.property(pictures, random, (picture, draws) => {
        expect(addCloud(picture, 0, 2, draws)).toEqual(picture);
        const black = { ...picture, data: new Uint8Array(picture.data.length) };
        expect(addCloud(black, 3, 2, draws)).toEqual(black);
      }),
    );
  });
});

describe('ice', () => {
  it('has the same bytes in WebAssembly as in plain JavaScript', () => {
    const tint = fc.tuple(share, share, share);
    fc.assert(
      fc.property(
        pictures,
        fc.record({ keep: share, ice: share, tint }),
        random,
        (picture, parameters, draws) => {
          expect(addIce(picture, parameters, draws)).toEqual(
            addIcePortable(picture, parameters, draws),
          );
        },
      ),
    );
  });
});
