import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Homography } from '../../src/boxes/homography.ts';
import { warpAffine, warpProjective, warpRadial } from '../../src/image/resample.ts';
import { anyImage } from '../helpers/images.ts';
import {
  warpAffinePortable,
  warpProjectivePortable,
  warpRadialPortable,
} from '../portable/resample.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('a warp has the same bytes in WebAssembly as in plain JavaScript', () => {
  const size = fc.record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 20 }),
  });

  it('where it is affine, to any size', () => {
    const affine = fc.tuple(
      number(0.1, 4),
      number(-2, 2),
      number(-30, 30),
      number(-2, 2),
      number(-4, 4),
      number(-30, 30),
    );
    fc.assert(
      fc.property(anyImage, size, affine, (image, to, map) => {
        expect(warpAffine(image, { affine: map, size: to })).toEqual(
          warpAffinePortable(image, map, to),
        );
      }),
    );
  });

  it('where it shrinks an image to nothing', () => {
    const image = { width: 5, height: 3, data: new Uint8Array(45).fill(200) };
    const shrunk = warpAffine(image, { affine: [1e-12, 0, 2, 0, 1e-12, 1], size: image });
    expect([...shrunk.data]).toEqual(Array.from({ length: 45 }, () => 0));
  });

  it('where it is projective, also over the horizon', () => {
    const map = fc.tuple(
      number(-2, 2),
      number(-2, 2),
      number(-30, 30),
      number(-2, 2),
      number(-2, 2),
      number(-30, 30),
      number(-0.1, 0.1),
      number(-0.1, 0.1),
      fc.constant(1),
    ) satisfies fc.Arbitrary<Homography>;
    fc.assert(
      fc.property(anyImage, map, (image, back) => {
        expect(warpProjective(image, back)).toEqual(warpProjectivePortable(image, back));
      }),
    );
  });

  it('where it is radial', () => {
    fc.assert(
      fc.property(anyImage, number(0, 1), (image, strength) => {
        expect(warpRadial(image, strength)).toEqual(warpRadialPortable(image, strength));
      }),
    );
  });
});

describe('a warp', () => {
  it('leaves an image as it is where it moves nothing', () => {
    fc.assert(
      fc.property(anyImage, (image) => {
        expect(warpAffine(image, { affine: [1, 0, 0, 0, 1, 0], size: image })).toEqual(image);
        expect(warpProjective(image, [1, 0, 0, 0, 1, 0, 0, 0, 1])).toEqual(image);
        expect(warpRadial(image, 0)).toEqual(image);
      }),
    );
  });

  it('is black outside', () => {
    const image = { width: 2, height: 1, data: Uint8Array.of(10, 20, 30, 40, 50, 60) };
    const moved = warpAffine(image, { affine: [1, 0, 1, 0, 1, 0], size: image });
    expect([...moved.data]).toEqual([0, 0, 0, 10, 20, 30]);
  });
});
