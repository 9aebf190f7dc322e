import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { descendingOrder } from '../../src/evaluate/order.ts';

const byComparator = (values: readonly number[]): number[] =>
  [...values.keys()].sort((a, b) =>
    values[a] === values[b] ? a - b : values[a]! < values[b]! ? 1 : -1,
  );

describe('the descending order', () => {
  it('is that of a stable comparator for any numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true })), (values) => {
        expect([...descendingOrder(values)]).toEqual(byComparator(values));
      }),
    );
  });

  it('keeps equal numbers in their order, both zeros among them', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(-1, -0, 0, 0.5, Math.fround(0.1), 1)), (values) => {
        expect([...descendingOrder(values)]).toEqual(byComparator(values));
      }),
    );
  });
});
