import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addImpulses, addNormals, countPhotons, dropPixels } from '../../src/image/noise.ts';
import { philox } from '../../src/image/random.ts';
import {
  addImpulsesPortable,
  addNormalsPortable,
  countPhotonsPortable,
  dropPixelsPortable,
} from '../portable/noise.ts';
import { pictures } from '../helpers/arbitraries.ts';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const random = fc.tuple(word, word, word).map((words) => philox(...words));
const share = fc.oneof(
  fc.constantFrom(0, 1, 1e-5, 1 - 1e-5),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
describe('noise in WebAssembly and in plain JavaScript', () => {
  it('is the same where it is normal', () => {
    const deviation = fc.record({
      constant: fc.double({ min: 0, max: 255, noNaN: true }),
      proportional: fc.double({ min: 0, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(pictures, deviation, random, (picture, parameters, draws) => {
        expect(addNormals(picture, parameters, draws)).toEqual(
          addNormalsPortable(picture, parameters, draws),
        );
      }),
    );
  });

  it('is the same where it is salt and pepper', () => {
    fc.assert(
      fc.property(pictures, share, random, (picture, amount, draws) => {
        expect(addImpulses(picture, amount, draws)).toEqual(
          addImpulsesPortable(picture, amount, draws),
        );
      }),
    );
  });

  it('is the same where pixels drop out', () => {
    fc.assert(
      fc.property(pictures, share, random, (picture, amount, draws) => {
        expect(dropPixels(picture, amount, draws)).toEqual(
          dropPixelsPortable(picture, amount, draws),
        );
      }),
    );
  });

  it('is the same where photons are counted', () => {
    const photons = fc.oneof(
      fc.constantFrom(0.5, 60, 500),
      fc.double({ min: 0.5, max: 500, noNaN: true }),
    );
    fc.assert(
      fc.property(pictures, photons, random, (picture, count, draws) => {
        expect(countPhotons(picture, count, draws)).toEqual(
          countPhotonsPortable(picture, count, draws),
        );
      }),
      { numRuns: 30 },
    );
  });
});
