import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSpool } from '../../src/baseline/spool.ts';

describe('a spool', () => {
  it('gives back every bin’s records in order, whatever fits in memory', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat()), { maxLength: 400 }),
        fc.constantFrom(8, 100, 1e6),
        async (records, limit) => {
          const spool = createSpool(4, 8, limit);
          for (const [bin, value] of records) spool.append(bin).setUint32(4, value);
          for (let bin = 0; bin < 4; bin++) {
            const view = await spool.read(bin);
            const values = Array.from({ length: view.byteLength / 8 }, (_, i) =>
              view.getUint32(8 * i + 4),
            );
            expect(values).toEqual(records.filter(([of]) => of === bin).map(([, value]) => value));
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
