import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blendZoomed, zoomLine } from '../../src/image/zoom.ts';
import { pictures } from '../helpers/pictures.ts';
import { blendZoomedPortable } from '../portable/zoom.ts';

const factors = fc.array(fc.double({ min: 1, max: 12, noNaN: true }), { maxLength: 8 });

describe('the zoomed line', () => {
  it('is the line itself for a factor of 1', () => {
    expect([...zoomLine(3, 1)]).toEqual([0, 1, 0, 1, 1, 0, 1, 0, 1]);
  });

  it('reads inside, with weights of 1 or nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 700 }),
        fc.double({ min: 1, max: 12, noNaN: true }),
        (length, factor) => {
          const places = zoomLine(length, factor);
          expect(places.length / 3).toBeGreaterThanOrEqual(length);
          for (let i = 0; i < places.length; i += 3) {
            const [index, near, far] = places.subarray(i);
            expect(index! >= 0 && index! + Number(far! > 0) < length).toBe(true);
            expect([0, 1]).toContain(Math.fround(near! + far!));
          }
        },
      ),
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
