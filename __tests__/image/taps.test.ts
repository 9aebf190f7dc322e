import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blurImage, blurSeparable, sumSeparable, sumTaps } from '../../src/image/taps.ts';
import { sumTapsPortable, truncated } from '../portable/taps.ts';

const tap = fc.record({
  dx: fc.integer({ min: -9, max: 9 }),
  dy: fc.integer({ min: -9, max: 9 }),
  weight: fc.float({ min: -1, max: 1, noNaN: true }),
});
const someTaps = fc.array(tap, { minLength: 1, maxLength: 12 });
const anEdge = fc.constantFrom('nearest', 'reflect', 'reflect101');
const aKernel = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 })
  .map((half) => [...half, ...half.toReversed().slice(1)]);

function pictures(channels: number) {
  return fc
    .record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 20 }),
      seed: fc.nat(),
    })
    .map(({ width, height, seed }) => ({
      width,
      height,
      channels,
      data: Uint8Array.from(
        { length: width * height * channels },
        (_, i) => (i * 7919 + seed) % 256,
      ),
    }));
}

const asFloats = fc
  .constantFrom(1, 3)
  .chain(pictures)
  .map((picture) => ({ ...picture, data: Float32Array.from(picture.data, (x) => x / 7) }));

const alongX = (weights: number[]) =>
  weights.map((weight, i) => ({ dx: i - (weights.length - 1) / 2, dy: 0, weight }));
const alongY = (weights: number[]) =>
  alongX(weights).map(({ dx, weight }) => ({ dx: 0, dy: dx, weight }));

describe('the sum of taps', () => {
  it('has the same bits in WebAssembly as in plain JavaScript, of bytes and of floats', () => {
    fc.assert(
      fc.property(
        fc.oneof(pictures(3), pictures(1), asFloats),
        someTaps,
        anEdge,
        (samples, taps, edge) => {
          expect(sumTaps(samples, taps, edge)).toEqual(sumTapsPortable(samples, taps, edge));
        },
      ),
    );
  });

  it('is clipped and truncated in an image', () => {
    fc.assert(
      fc.property(pictures(3), someTaps, anEdge, (image, taps, edge) => {
        expect(blurImage(image, taps, edge).data).toEqual(
          truncated(sumTapsPortable(image, taps, edge)),
        );
      }),
    );
  });

  it('of rows and then columns is two sums of taps', () => {
    fc.assert(
      fc.property(
        fc.oneof(pictures(3), asFloats),
        aKernel,
        aKernel,
        anEdge,
        (samples, across, down, edge) => {
          const rows = sumTapsPortable(samples, alongX(across), edge);
          const sums = sumTapsPortable({ ...samples, data: rows }, alongY(down), edge);
          expect(sumSeparable(samples, across, down, edge)).toEqual(sums);
        },
      ),
    );
    fc.assert(
      fc.property(pictures(3), aKernel, anEdge, (image, weights, edge) => {
        const rows = sumTapsPortable(image, alongX(weights), edge);
        const sums = sumTapsPortable({ ...image, data: rows }, alongY(weights), edge);
        expect(blurSeparable(image, weights, edge).data).toEqual(truncated(sums));
      }),
    );
  });

  it('repeats the edges', () => {
    const samples = { width: 2, height: 1, channels: 1, data: Uint8Array.of(10, 20) };
    expect([...sumTaps(samples, [{ dx: -5, dy: 3, weight: 1 }])]).toEqual([10, 10]);
    expect([...sumTaps(samples, [{ dx: 1, dy: -2, weight: 0.5 }])]).toEqual([10, 10]);
  });

  it('leaves a picture as it is for one tap of weight 1', () => {
    fc.assert(
      fc.property(pictures(3), (samples) => {
        expect([...sumTaps(samples, [{ dx: 0, dy: 0, weight: 1 }])]).toEqual([...samples.data]);
      }),
    );
  });
});
