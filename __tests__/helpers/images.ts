import fc from 'fast-check';
import type { Image } from '../../src/image/image.ts';

/** Images of random sizes from 1 x 1: noise, or few colours, greys and black among them. */
export const anyImage: fc.Arbitrary<Image> = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 20 }),
    levels: fc.constantFrom(1, 2, 4, 256),
    seed: fc.nat(),
  })
  .map(({ width, height, levels, seed }) => {
    let state = seed;
    const data = Uint8Array.from({ length: width * height * 3 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (((state >>> 8) % levels) * 255) / Math.max(levels - 1, 1);
    });
    return { width, height, data };
  });
