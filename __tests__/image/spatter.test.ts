import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cannyEdges } from '../../src/image/canny.ts';
import { chamferDistance } from '../../src/image/distance.ts';
import type { Image } from '../../src/image/image.ts';
import { addMud, liquidLevels, liquidPresence } from '../../src/image/liquid.ts';
import { createRandom } from '../../src/image/random.ts';
import { addWater } from '../../src/image/water.ts';
import { pictures } from '../helpers/pictures.ts';
import { cannyPortable } from '../portable/canny.ts';
import { chamferPortable } from '../portable/distance.ts';
import {
  addMudPortable,
  liquidLevelsPortable,
  liquidPresencePortable,
} from '../portable/liquid.ts';
import { addWaterPortable } from '../portable/water.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const liquid = fc.record({
  mean: share,
  sigma: fc.double({ min: 0.1, max: 1, noNaN: true }),
  threshold: share,
});

/** One byte a pixel. */
const greyOf = ({ data }: Image): Uint8Array => data.filter((_, i) => i % 3 === 0);

function fieldOf({ width, height }: Image): Float32Array {
  const field = new Float32Array(width * height);
  createRandom(0, 'field', 'test', 1).fillNormal(field);
  return field;
}

describe('in WebAssembly as in plain JavaScript', () => {
  it('edges are the same', () => {
    const thresholds = fc
      .tuple(fc.nat(600), fc.nat(600))
      .map((two) => two.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(pictures, thresholds, (image, [low, high]) => {
        expect(cannyEdges(image, greyOf(image), low!, high!)).toEqual(
          cannyPortable(image, greyOf(image), low!, high!),
        );
      }),
    );
  });

  it('distances are the same', () => {
    fc.assert(
      fc.property(
        pictures,
        fc.nat(255),
        fc.integer({ min: 1, max: 80 }),
        (image, rare, farthest) => {
          const marked = greyOf(image).map((level) => Number(level > rare));
          expect(chamferDistance(image, marked, farthest)).toEqual(
            chamferPortable(image, marked, farthest),
          );
        },
      ),
    );
  });

  it('heights of a liquid are the same', () => {
    fc.assert(
      fc.property(pictures, liquid, (image, look) => {
        const field = fieldOf(image);
        expect(liquidLevels(field, look)).toEqual(liquidLevelsPortable(field, look));
        expect(liquidPresence(field, look)).toEqual(liquidPresencePortable(field, look));
      }),
    );
  });

  it('water and mud are the same', () => {
    fc.assert(
      fc.property(
        pictures,
        liquid,
        fc.double({ min: 0, max: 5, noNaN: true }),
        (image, look, amount) => {
          const levels = liquidLevels(fieldOf(image), look);
          expect(addWater(image, levels, amount)).toEqual(addWaterPortable(image, levels, amount));
          const cover = Float32Array.from(levels, (level) => level / 255);
          expect(addMud(image, cover)).toEqual(addMudPortable(image, cover));
        },
      ),
    );
  });
});

describe('the distance', () => {
  it('goes by straight, diagonal and knight steps', () => {
    const marked = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    const distances = chamferDistance({ width: 4, height: 3 }, marked, 99);
    expect([1, 5, 6, 11].map((at) => distances[at]!.toFixed(3))).toEqual([
      '1.000',
      '1.400',
      '2.197',
      '3.597',
    ]);
  });

  it('is the farthest where nothing is marked', () => {
    expect([...chamferDistance({ width: 2, height: 1 }, new Uint8Array(2), 20)]).toEqual([20, 20]);
  });
});
