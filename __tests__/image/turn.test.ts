import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flipAcross, turnClockwise } from '../../src/image/turn.ts';
import { anyImage } from '../helpers/images.ts';
import { flipAcrossPortable, turnClockwisePortable } from '../portable/turn.ts';

describe('a turned image', () => {
  it('has the same bytes in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(anyImage, (image) => {
        expect(flipAcross(image)).toEqual(flipAcrossPortable(image));
        expect(turnClockwise(image)).toEqual(turnClockwisePortable(image));
      }),
    );
  });

  it('is as before after two flips, or four quarter turns, higher than a block', () => {
    const image = {
      width: 7,
      height: 150,
      data: Uint8Array.from({ length: 7 * 150 * 3 }, (_, i) => (i * 7919) % 256),
    };
    expect(flipAcross(flipAcross(image))).toEqual(image);
    expect([1, 2, 3, 4].reduce(turnClockwise, image)).toEqual(image);
    expect(turnClockwise(image)).toEqual(turnClockwisePortable(image));
  });
});
