import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { replaceByNear } from '../../src/image/near.ts';
import { createRandom } from '../../src/image/random.ts';
import { replaceByNearPortable } from '../portable/near.ts';

it('replaces pixels by near ones with the same bytes in WebAssembly as in plain JavaScript', () => {
  const sides = fc.integer({ min: 1, max: 40 });
  const strength = fc.record({
    delta: fc.integer({ min: 1, max: 20 }),
    rounds: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(sides, sides, strength, fc.nat(), (width, height, options, seed) => {
      const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 31) % 251);
      const random = createRandom(seed, 'image', 'glass_blur', 1);
      const image = { width, height, data };
      expect(replaceByNear(image, options, random)).toEqual(
        replaceByNearPortable(image, options, random),
      );
    }),
  );
});
