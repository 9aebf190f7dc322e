import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displace } from '../../src/image/displace.ts';
import { anyImage } from '../helpers/images.ts';
import { displacePortable } from '../portable/displace.ts';

describe('a displacement', () => {
  const reach = fc.double({ min: 0, max: 200, noNaN: true });
  const fields = anyImage.chain((image) => {
    const field = fc
      .float32Array({
        min: 0,
        max: 1,
        noNaN: true,
        minLength: image.width * image.height,
        maxLength: image.width * image.height,
      })
      .map((values) => Float32Array.from(values));
    return fc.record({ image: fc.constant(image), across: field, down: field });
  });

  it('has the same bytes in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(fields, reach, ({ image, across, down }, pixels) => {
        expect(displace(image, across, down, pixels)).toEqual(
          displacePortable(image, across, down, pixels),
        );
      }),
    );
  });

  it('leaves an image as it is where the field says half', () => {
    fc.assert(
      fc.property(anyImage, reach, (image, pixels) => {
        const still = new Float32Array(image.width * image.height).fill(0.5);
        expect(displace(image, still, still, pixels)).toEqual(image);
      }),
    );
  });
});
