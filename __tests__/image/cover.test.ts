import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blend, blendImage, type Cover } from '../../src/image/blend.ts';
import { band, discs, glow } from '../../src/image/cover.ts';
import type { Size } from '../../src/image/image.ts';
import { scratch } from '../../src/image/kernels.ts';
import { anyImage } from '../helpers/images.ts';
import {
  bandPortable,
  blendImagePortable,
  blendPortable,
  discsPortable,
  glowPortable,
} from '../portable/cover.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const size = fc.record({
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 20 }),
});
const point = fc.record({ x: number(-10, 50), y: number(-10, 30) });
const disc = fc.record({ x: number(-10, 50), y: number(-10, 30), radius: number(0.4, 30) });

function drawn(cover: Cover, { width, height }: Size): Float32Array {
  const memory = scratch();
  return memory.floats(cover(memory, { width, height }), width * height).slice();
}

describe('a cover has the same bits in WebAssembly as in plain JavaScript', () => {
  it('as a band', () => {
    const widths = fc.record({ half: number(0, 30), rim: number(1, 10) });
    const across = fc.record({ x: number(-1, 1), y: number(-1, 1) });
    fc.assert(
      fc.property(size, point, across, widths, (picture, centre, direction, width) => {
        expect(drawn(band(centre, direction, width), picture)).toEqual(
          bandPortable(picture, centre, direction, width),
        );
      }),
    );
  });

  it('as a glow', () => {
    fc.assert(
      fc.property(size, disc, (picture, spot) => {
        expect(drawn(glow(spot), picture)).toEqual(glowPortable(picture, spot));
      }),
    );
  });

  it('as discs', () => {
    fc.assert(
      fc.property(size, fc.array(disc, { maxLength: 6 }), (picture, spots) => {
        expect(drawn(discs(spots), picture)).toEqual(discsPortable(picture, spots));
      }),
    );
  });
});

describe('a blend', () => {
  const level = fc.integer({ min: 0, max: 255 });
  const colour = fc.tuple(level, level, level);

  it('has the same bytes in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(anyImage, disc, colour, number(0, 1), (image, spot, over, strength) => {
        const cover = glowPortable(image, spot);
        const expected = blendPortable(image, cover, over, strength);
        expect(blend(image, glow(spot), over, strength)).toEqual(expected);
        expect(blend(image, cover, over, strength)).toEqual(expected);
      }),
    );
  });

  it('of two images, too', () => {
    fc.assert(
      fc.property(anyImage, disc, (image, spot) => {
        const over = { ...image, data: image.data.toReversed() };
        expect(blendImage(image, over, glow(spot))).toEqual(
          blendImagePortable(image, over, glowPortable(image, spot)),
        );
      }),
    );
  });

  it('leaves the image where nothing covers it and gives the colour where all of it does', () => {
    const image = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    expect([...blend(image, Float32Array.of(0, 1), [7, 8, 9]).data]).toEqual([1, 2, 3, 7, 8, 9]);
  });
});
