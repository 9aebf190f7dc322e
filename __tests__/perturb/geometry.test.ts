import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Image } from '../../src/image/image.ts';
import { createRandom } from '../../src/image/random.ts';
import { named } from '../helpers/perturbations.ts';

/** An image of random bytes. */
const pixels = (width: fc.Arbitrary<number>, height: fc.Arbitrary<number>): fc.Arbitrary<Image> =>
  fc
    .tuple(width, height)
    .chain(([w, h]) =>
      fc
        .uint8Array({ minLength: w * h * 3, maxLength: w * h * 3 })
        .map((data) => ({ width: w, height: h, data })),
    );
const side = fc.integer({ min: 1, max: 40 });

async function changed(name: string, image: Image): Promise<Image> {
  const perturbation = named(name);
  const params = perturbation.params.parse(perturbation.severities[0]);
  return perturbation.apply(image, params, createRandom(0, 'x', name, 1));
}

describe('pixels', () => {
  it.each([
    ['horizontal_flip', 2],
    ['vertical_flip', 2],
    ['rotate_90', 4],
  ])('are where they were after %s, %d times', async (name, times) => {
    await fc.assert(
      fc.asyncProperty(pixels(side, side), async (image) => {
        let result = image;
        for (let time = 0; time < times; time++) result = await changed(name, result);
        expect([result.width, result.height]).toEqual([image.width, image.height]);
        expect(Buffer.compare(result.data, image.data)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('of a square turn by 90 degrees as by a quarter', async () => {
    const random = { ...createRandom(0, 'x', 'rotation', 1), uniform: () => 0.5 };
    const squares = side.chain((length) => pixels(fc.constant(length), fc.constant(length)));
    await fc.assert(
      fc.asyncProperty(squares, async (image) => {
        const turned = await named('rotation').apply(image, { degrees: 90 }, random);
        const quarter = await changed('rotate_90', image);
        expect(Buffer.compare(turned.data, quarter.data)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
