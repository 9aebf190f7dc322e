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

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const random = fc.tuple(word, word, word).map((words) => philox(...words));
const share = fc.oneof(
  fc.constantFrom(0, 1, 1e-5, 1 - 1e-5),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const image = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 20 }),
    seed: fc.nat(),
  })
  .map(({ width, height, seed }) => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919 + seed) % 256),
  }));

describe('noise in WebAssembly and in plain JavaScript', () => {
  it('is the same where it is normal', () => {
    const deviation = fc.record({
      constant: fc.double({ min: 0, max: 255, noNaN: true }),
      proportional: fc.double({ min: 0, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(image, deviation, random, (picture, parameters, draws) => {
        expect(addNormals(picture, parameters, draws)).toEqual(
          addNormalsPortable(picture, parameters, draws),
        );
      }),
    );
  });

  it('is the same where it is salt and pepper', () => {
    fc.assert(
      fc.property(image, share, random, (picture, amount, draws) => {
        expect(addImpulses(picture, amount, draws)).toEqual(
          addImpulsesPortable(picture, amount, draws),
        );
      }),
    );
  });

  it('is the same where pixels drop out', () => {
    fc.assert(
      fc.property(image, share, random, (picture, amount, draws) => {
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
      fc.property(image, photons, random, (picture, count, draws) => {
        expect(countPhotons(picture, count, draws)).toEqual(
          countPhotonsPortable(picture, count, draws),
        );
      }),
      { numRuns: 30 },
    );
  });
});
