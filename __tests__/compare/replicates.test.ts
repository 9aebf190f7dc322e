import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sumReplicates } from '../../src/compare/replicates.ts';
import { sumReplicatePortable } from '../portable/replicates.ts';

/** Columns of as many values as there are groups. */
const tables = fc
  .integer({ min: 1, max: 60 })
  .chain((groups) =>
    fc.array(
      fc.float64Array({ minLength: groups, maxLength: groups, noNaN: true, min: -1e3, max: 1e3 }),
      { minLength: 1, maxLength: 5 },
    ),
  );

describe('sums of bootstrap replicates', () => {
  it('have the same bits in WebAssembly as in plain JavaScript', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 40 }), fc.nat(), (columns, count, seed) => {
        const groups = columns[0]!.length;
        const sums = sumReplicates(columns, groups, count, seed);
        for (let replicate = 0; replicate < count; replicate++) {
          expect(sums.map((ofColumn) => ofColumn[replicate]! + 0)).toEqual(
            sumReplicatePortable(columns, groups, replicate, seed).map((sum) => sum + 0),
          );
        }
      }),
    );
  });
});
