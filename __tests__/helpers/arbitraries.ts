import fc from 'fast-check';

/** Small pictures of every width, most not a multiple of what a kernel takes at once. */
export const pictures = fc
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
