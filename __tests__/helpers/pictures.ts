import fc from 'fast-check';
import type { Image } from '../../src/image/image.ts';

/** Small pictures of every shape, one sample wide and high ones too: of noise, of few levels or of one. */
export const pictures: fc.Arbitrary<Image> = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 16 }),
    step: fc.constantFrom(1, 85, 255),
    seed: fc.nat(),
  })
  .map(({ width, height, step, seed }) => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const mixed = Math.imul(i + seed, 0x9e3779b1);
      return ((mixed ^ (mixed >>> 15)) & 255) - (((mixed ^ (mixed >>> 15)) & 255) % step);
    }),
  }));
