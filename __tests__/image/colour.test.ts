import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  changeSaturation,
  channelMeans,
  greyscale,
  maskSamples,
  raiseValue,
  turnHue,
} from '../../src/image/colour.ts';
import type { Image } from '../../src/image/image.ts';
import { mapSamples } from '../../src/image/lookup.ts';
import { anyImage } from '../helpers/images.ts';
import {
  changeSaturationPortable,
  channelMeansPortable,
  greyscalePortable,
  mapSamplesPortable,
  raiseValuePortable,
  turnHuePortable,
} from '../portable/colour.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('a change of colours has the same bytes in WebAssembly as in plain JavaScript', () => {
  it('through tables, each channel its own', () => {
    const value = (sample: number, channel: number): number =>
      (sample * (31 + channel) + channel) % 256;
    fc.assert(
      fc.property(anyImage, (image) => {
        expect(mapSamples(image, value)).toEqual(mapSamplesPortable(image, value));
      }),
    );
  });

  it('to grey, and to fewer bits', () => {
    fc.assert(
      fc.property(anyImage, fc.integer({ min: 0, max: 255 }), (image, mask) => {
        expect(greyscale(image)).toEqual(greyscalePortable(image));
        expect(maskSamples(image, mask).data).toEqual(image.data.map((sample) => sample & mask));
      }),
    );
  });

  it('of value', () => {
    fc.assert(
      fc.property(anyImage, number(0, 255), (image, add) => {
        expect(raiseValue(image, add)).toEqual(raiseValuePortable(image, add));
      }),
    );
  });

  it('of saturation', () => {
    fc.assert(
      fc.property(anyImage, number(0, 50), number(-1, 1), (image, scale, add) => {
        const change = { scale, add };
        expect(changeSaturation(image, change)).toEqual(changeSaturationPortable(image, change));
      }),
    );
  });

  it('of hue', () => {
    fc.assert(
      fc.property(anyImage, number(-1, 1), (image, turn) => {
        expect(turnHue(image, turn)).toEqual(turnHuePortable(image, turn));
      }),
    );
  });
});

describe('a change of HSV', () => {
  it('leaves an image as it is where nothing is added, scaled or turned', () => {
    fc.assert(
      fc.property(anyImage, (image) => {
        expect(raiseValue(image, 0)).toEqual(image);
        expect(changeSaturation(image, { scale: 1, add: 0 })).toEqual(image);
        expect(turnHue(image, 0)).toEqual(image);
      }),
    );
  });

  it('turns red to green in a third of a turn, and grey to red where saturation is added', () => {
    const pixel = (...data: number[]): Image => ({
      width: 1,
      height: 1,
      data: Uint8Array.of(...data),
    });
    expect([...turnHue(pixel(200, 10, 10), 1 / 3).data]).toEqual([10, 200, 10]);
    expect([...changeSaturation(pixel(90, 90, 90), { scale: 1, add: 1 }).data]).toEqual([90, 0, 0]);
  });
});

describe('the means of the channels', () => {
  it('are exact', () => {
    fc.assert(
      fc.property(anyImage, (image) => {
        expect(channelMeans(image)).toEqual(channelMeansPortable(image));
      }),
    );
  });
});
