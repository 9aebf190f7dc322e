import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromHalf, toHalf } from '../../src/predict/onnx/half.ts';

const half = (value: number): number => {
  const target = new Uint16Array(1);
  toHalf(Float32Array.of(value), target);
  return target[0]!;
};

describe('float16', () => {
  it('comes back as the same bits from float32, whatever the bits', () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const back = new Uint16Array(65536);
    toHalf(fromHalf(bits), back);
    const isNaN16 = (i: number): boolean => (i & 0x7c00) === 0x7c00 && (i & 0x3ff) !== 0;
    expect([...back].filter((value, i) => !isNaN16(i) && value !== i)).toEqual([]);
    expect([...fromHalf(bits)].filter(Number.isNaN)).toHaveLength(2 * 1023);
  });

  it.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65520, 0x7c00],
    [1e30, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -24, 0x0001],
    [2 ** -26, 0x0000],
    // Halfway between two: to the even one.
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [Number.NaN, 0x7e00],
  ])('has %d as %#', (value, bits) => {
    expect(half(value)).toBe(bits);
  });

  it('is the nearest to any float32', () => {
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const bits = half(value);
        const [own = 0] = fromHalf(Uint16Array.of(bits));
        const neighbours = [...fromHalf(Uint16Array.of(bits - 1, bits + 1))];
        const nearer = neighbours.filter(
          (other) => Math.abs(other - value) < Math.abs(own - value),
        );
        expect(nearer).toEqual([]);
      }),
    );
  });
});
