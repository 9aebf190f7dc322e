import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blurByGroups } from '../../src/image/groups.ts';
import { anyImage } from '../helpers/images.ts';
import { sumGroupsPortable, truncated } from '../portable/taps.ts';

const anEdge = fc.constantFrom('nearest', 'reflect', 'reflect101');
const reach = fc.integer({ min: -9, max: 9 });
const fewTaps = fc.array(
  fc.record({
    dx: reach,
    dy: reach,
    weight: fc.constantFrom(-2 / 7, 1 / 7, 1 / 3),
  }),
  { minLength: 1, maxLength: 30 },
);
/** Rings of one weight each around a point, as in a disc with a soft rim, some a little out of shape. */
const rings = fc
  .record({
    radius: fc.integer({ min: 0, max: 6 }),
    weights: fc.array(fc.constantFrom(0, 0.01, 0.02, 0.03), { minLength: 7, maxLength: 7 }),
    left: fc.integer({ min: -3, max: 3 }),
    missing: fc.nat(130),
  })
  .map(({ radius, weights, left, missing }) =>
    Array.from({ length: 13 * 13 }, (_, i) => {
      const [dx, dy] = [(i % 13) - 6, Math.floor(i / 13) - 6];
      const ring = Math.round(Math.hypot(dx, dy));
      return { dx: dx - left, dy, weight: ring > radius ? 0 : weights[ring]! };
    }).filter(({ weight }, i) => weight > 0 && i !== missing),
  )
  .filter((taps) => taps.length > 0);

describe('the blur by groups of taps', () => {
  it('has the same bytes in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(anyImage, fc.oneof(fewTaps, rings), anEdge, (image, taps, edge) => {
        const sums = sumGroupsPortable({ ...image, channels: 3 }, taps, edge);
        expect(blurByGroups(image, taps, edge).data).toEqual(truncated(sums));
      }),
    );
  });

  it.each([
    ['beside one another', (i: number) => ({ dx: i, dy: 0 })],
    ['below one another', (i: number) => ({ dx: 0, dy: i })],
    ['at a few places', (i: number) => ({ dx: i % 3, dy: 0 })],
  ])('takes more taps of a weight %s than 16 bits can hold at once', (_, place) => {
    const image = { width: 4, height: 2, data: new Uint8Array(24).fill(250) };
    const many = Array.from({ length: 900 }, (__, i) => ({ ...place(i), weight: 1 / 900 }));
    expect([...blurByGroups(image, many, 'nearest').data]).toEqual([...image.data]);
  });
});
