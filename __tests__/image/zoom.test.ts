import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blendZoomed, zoomLine } from '../../src/image/zoom.ts';
import { pictures } from '../helpers/pictures.ts';
import { blendZoomedPortable } from '../portable/zoom.ts';

const factors = fc.array(fc.double({ min: 1, max: 12, noNaN: true }), { maxLength: 4 });

describe('the zoomed line', () => {
  it('is the line itself for a factor of 1', () => {
    expect(zoomLine(3, 1)).toEqual({
      index: Int32Array.of(0, 1, 1),
      fraction: Float32Array.of(0, 0, 1),
    });
  });

  it('reads inside, or black', () => {
    const factor = fc.double({ min: 1, max: 12, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), factor, (length, zoom) => {
        const { index, fraction } = zoomLine(length, zoom);
        expect(index.length).toBeGreaterThanOrEqual(length);
        const reads = Array.from(index, (at, i) => at + Number(fraction[i]! > 0));
        expect(reads.every((at, i) => at < length || index[i] === length)).toBe(true);
        expect(Math.min(...index, ...fraction)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...fraction)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the mean of zoomed pictures', () => {
  it('has the same bytes in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(pictures, factors, (image, zooms) => {
        expect(blendZoomed(image, zooms)).toEqual(blendZoomedPortable(image, zooms));
      }),
    );
  });

  it('is the picture itself for a factor of 1', () => {
    fc.assert(
      fc.property(pictures, (image) => {
        expect(blendZoomed(image, [1, 1])).toEqual(image);
      }),
    );
  });
});
