import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRandom, philox } from '../../src/image/random.ts';
import { normalsPortable, uniformsPortable } from '../portable/random.ts';

const random = createRandom(7, 'ab', 'gaussian_noise', 3);
const COUNT = 1 << 18;

function moment(values: Float32Array, power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0) / values.length;
}

describe('createRandom', () => {
  it('gives the same number for the same key and index, whatever was drawn before', () => {
    const again = createRandom(7, 'ab', 'gaussian_noise', 3);
    const backwards = [9, 3, 0].map((index) => again.uint32(index));
    expect(backwards).toEqual([9, 3, 0].map((index) => random.uint32(index)));
  });

  it.each([
    ['seed', createRandom(8, 'ab', 'gaussian_noise', 3)],
    ['image', createRandom(7, 'ac', 'gaussian_noise', 3)],
    ['perturbation', createRandom(7, 'ab', 'shot_noise', 3)],
    ['severity', createRandom(7, 'ab', 'gaussian_noise', 4)],
    ['stream', random.fork(1)],
  ])('is independent for another %s', (_, other) => {
    const [a, b] = [new Float32Array(COUNT), new Float32Array(COUNT)];
    random.fillNormal(a);
    other.fillNormal(b);
    const correlation = a.reduce((sum, value, i) => sum + value * b[i]!, 0) / COUNT;
    // 5 standard errors.
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(COUNT));
  });

  it('fills the start of a longer field with the same numbers', () => {
    const [short, long] = [new Float32Array(13), new Float32Array(40)];
    random.fillNormal(short);
    random.fillNormal(long);
    expect([...long.subarray(0, 13)]).toEqual([...short]);
  });

  it('draws uniformly', () => {
    const draws = new Float32Array(COUNT);
    random.fillUniform(draws);
    const counts = new Float64Array(256);
    for (const draw of draws) counts[Math.floor(draw * 256)]! += 1;
    const expected = COUNT / 256;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 255 degrees of freedom: mean 255, standard deviation 22.6.
    expect(Math.abs(chiSquare - 255)).toBeLessThan(5 * 22.6);
  });

  it('draws standard normals, none beside another like it', () => {
    const draws = new Float32Array(COUNT);
    random.fillNormal(draws);
    const error = 5 / Math.sqrt(COUNT);
    expect(Math.abs(moment(draws, 1))).toBeLessThan(error);
    expect(Math.abs(moment(draws, 2) - 1)).toBeLessThan(error * Math.sqrt(2));
    expect(Math.abs(moment(draws, 3))).toBeLessThan(error * Math.sqrt(15));
    expect(Math.abs(moment(draws, 4) - 3)).toBeLessThan(error * Math.sqrt(96));
    for (const lag of [1, 2, 3, 8, 640 * 3]) {
      const sum = draws.reduce((total, value, i) => total + value * (draws[i + lag] ?? 0), 0);
      expect(Math.abs(sum / COUNT)).toBeLessThan(error);
    }
  });

  it('makes what an independent Philox makes', () => {
    // __tests__/reference/philox.py: Philox(7, "ab", "gaussian_noise", 3).words(5), .fork(2).words(2)
    expect([0, 1, 2, 3, 4].map((index) => random.uint32(index))).toEqual([
      1456865536, 1841851508, 2723545207, 4125642183, 1255681986,
    ]);
    expect([0, 1].map((index) => random.fork(2).uint32(index))).toEqual([3687564902, 323768298]);
  });

  it('gives the published known answer', () => {
    // Random123's kat_vectors: philox4x32 with 7 rounds, counter and key 0.
    expect([0, 1, 2, 3].map((index) => philox(0, 0, 0).uint32(index))).toEqual([
      0x5f6fb709, 0x0d893f64, 0x4f121f81, 0x4f730a48,
    ]);
  });

  it('fills with the same bits in WebAssembly as in plain JavaScript', () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const length = fc.integer({ min: 0, max: 1500 });
    fc.assert(
      fc.property(word, word, word, length, (key0, key1, stream, count) => {
        const generator = philox(key0, key1, stream);
        const field = new Float32Array(count);
        generator.fillUniform(field);
        expect(field).toEqual(uniformsPortable(generator, count));
        generator.fillNormal(field);
        expect(field).toEqual(normalsPortable(generator, count));
      }),
    );
  });
});
