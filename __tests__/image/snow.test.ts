import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../../src/image/random.ts';
import { addSnow, drawFlakes } from '../../src/image/snow.ts';
import { pictures } from '../helpers/pictures.ts';
import { addSnowPortable, drawFlakesPortable } from '../portable/snow.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const looks = fc.record({
  mean: fc.double({ min: -1, max: 1, noNaN: true }),
  sigma: fc.double({ min: 0.1, max: 1, noNaN: true }),
  zoom: fc.double({ min: 1, max: 10, noNaN: true }),
  threshold: share,
});

describe('snow', () => {
  it('has the same flakes and bytes in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(pictures, looks, share, (image, flakes, keep) => {
        const field = new Float32Array(image.width * image.height);
        createRandom(0, 'snow', 'test', 1).fillNormal(field);
        const layer = drawFlakes(image, field, flakes);
        expect(layer).toEqual(drawFlakesPortable(image, field, flakes));
        expect(addSnow(image, layer, keep)).toEqual(addSnowPortable(image, layer, keep));
      }),
    );
  });
});
