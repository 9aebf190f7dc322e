import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ClassMatches, markedRows } from '../../src/evaluate/average-precision.ts';
import { type Deletable, deletable, precisionsWithout } from '../../src/evaluate/delete-one.ts';
import { precisionWithoutPortable } from '../portable/delete-one.ts';

const IMAGES = 7;
const GROUPS = 4;
const THRESHOLDS = [0, 3, 9];

/** Any rows that could be a class's, whatever they hit. */
const anyMatches = fc
  .record({
    rows: fc.array(
      fc.record({
        image: fc.nat(IMAGES - 1),
        // A row that hits at a threshold hits at those below, so that no more hit than there are objects.
        hits: fc.nat(10),
        ignored: fc.constantFrom(0, 0, 0, 0b1001, 0b1111111111),
      }),
      { maxLength: 60 },
    ),
    missed: fc.array(fc.nat(2), { minLength: IMAGES, maxLength: IMAGES }),
  })
  .map(({ rows, missed }): ClassMatches => {
    const found = missed.map(
      (count, image) => count + rows.filter((row) => row.image === image && row.hits > 0).length,
    );
    return {
      images: Int32Array.from(rows, ({ image }) => image),
      matched: Uint16Array.from(rows, ({ hits }) => (1 << hits) - 1),
      ignored: Uint16Array.from(rows, ({ ignored }) => ignored),
      positives: found.reduce((sum, count) => sum + count, 0),
      positivesOfImage: Int32Array.from(found),
    };
  });

const anyGroups = fc
  .array(fc.nat(GROUPS - 1), { minLength: IMAGES, maxLength: IMAGES })
  .map((groups) => Int32Array.from(groups));

function laidOut(matches: ClassMatches, groupOf: Int32Array): Deletable {
  return deletable(matches, markedRows(matches), groupOf, GROUPS, THRESHOLDS);
}

const everyGroup = Array.from({ length: GROUPS }, (_, g) => g);

describe('AP without one group', () => {
  it('is the AP of the others', () => {
    fc.assert(
      fc.property(anyMatches, anyGroups, (matches, groupOf) => {
        const without = precisionsWithout(laidOut(matches, groupOf), everyGroup);
        for (const group of everyGroup) {
          const expected = allPointsPrecision(matches, (image) => groupOf[image] !== group);
          expect(without[group]).toBeCloseTo(expected, 12);
        }
      }),
    );
  });

  it('is the AP of all where none is left out', () => {
    fc.assert(
      fc.property(anyMatches, anyGroups, (matches, groupOf) => {
        const expected = allPointsPrecision(matches, () => true);
        expect(precisionsWithout(laidOut(matches, groupOf), [null])[0]).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('has the same bits in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(anyMatches, anyGroups, (matches, groupOf) => {
        const exact = laidOut(matches, groupOf);
        expect([...precisionsWithout(exact, everyGroup)]).toEqual(
          everyGroup.map((group) => precisionWithoutPortable(exact, group)),
        );
      }),
    );
  });
});

/** The definition, nothing shared with the product. */
function allPointsPrecision(matches: ClassMatches, stays: (image: number) => boolean): number {
  const positives = matches.positivesOfImage.reduce(
    (sum, count, image) => sum + (stays(image) ? count : 0),
    0,
  );
  const values = THRESHOLDS.map((t) => {
    const has = (bits: Uint16Array, row: number): boolean => ((bits[row]! >> t) & 1) === 1;
    const hits = [...matches.images.keys()]
      .filter((row) => stays(matches.images[row]!) && !has(matches.ignored, row))
      .map((row) => has(matches.matched, row));
    const precisions = hits.map(
      (_, rank) => hits.slice(0, rank + 1).filter(Boolean).length / (rank + 1),
    );
    const best = (rank: number): number => Math.max(...precisions.slice(rank));
    return hits.reduce((sum, hit, rank) => sum + (hit ? best(rank) : 0), 0);
  });
  const sum = values.reduce((total, value) => total + value, 0);
  return positives > 0 ? sum / (positives * THRESHOLDS.length) : 0;
}
