import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sumTaps } from '../../src/image/taps.ts';
import { sumTapsPortable } from '../portable/taps.ts';

describe('the sum of taps', () => {
  const tap = fc.record({
    dx: fc.integer({ min: -9, max: 9 }),
    dy: fc.integer({ min: -9, max: 9 }),
    weight: fc.float({ min: -1, max: 1, noNaN: true }),
  });
  const picture = fc
    .record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 20 }),
      channels: fc.constantFrom(1, 3),
      seed: fc.nat(),
    })
    .map(({ seed, ...size }) => ({
      ...size,
      data: Uint8Array.from(
        { length: size.width * size.height * size.channels },
        (_, i) => (i * 7919 + seed) % 256,
      ),
    }));

  it('has the same bits in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(picture, fc.array(tap, { maxLength: 12 }), (samples, taps) => {
        expect(sumTaps(samples, taps)).toEqual(sumTapsPortable(samples, taps));
      }),
    );
  });

  it('repeats the edges', () => {
    const samples = { width: 2, height: 1, channels: 1, data: [10, 20] };
    expect([...sumTaps(samples, [{ dx: -5, dy: 3, weight: 1 }])]).toEqual([10, 10]);
    expect([...sumTaps(samples, [{ dx: 1, dy: -2, weight: 0.5 }])]).toEqual([10, 10]);
  });

  it('leaves a picture as it is for one tap of weight 1', () => {
    fc.assert(
      fc.property(picture, (samples) => {
        expect([...sumTaps(samples, [{ dx: 0, dy: 0, weight: 1 }])]).toEqual([...samples.data]);
      }),
    );
  });
});
