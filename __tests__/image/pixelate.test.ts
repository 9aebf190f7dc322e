import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { averageBlocks } from '../../src/image/pixelate.ts';
import { anyImage } from '../helpers/images.ts';
import { averageBlocksPortable } from '../portable/pixelate.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the average of blocks', () => {
  it('has the same bytes in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(anyImage, share, share, (image, across, down) => {
        const small = {
          width: Math.max(1, Math.floor(image.width * across)),
          height: Math.max(1, Math.floor(image.height * down)),
        };
        expect(averageBlocks(image, small)).toEqual(averageBlocksPortable(image, small));
      }),
    );
  });

  it('leaves an image as it is where a block is a pixel', () => {
    fc.assert(
      fc.property(anyImage, (image) => {
        expect(averageBlocks(image, image)).toEqual(image);
      }),
    );
  });
});
