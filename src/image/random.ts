import { createHash } from 'node:crypto';
import { scratch } from './kernels.ts';
import { normalsPlace } from './normal-table.ts';

const FLOAT_BYTES = 4;
const WORDS_PER_BLOCK = 4;
const ROUNDS = 7;

/** Random numbers that are read by index: no state, so that neither order nor threads change a draw. */
export interface Random {
  /** The two words of the key and the stream, as kernels take them. */
  readonly key: readonly [key0: number, key1: number, stream: number];
  /** A whole number from 0 to 2^32 - 1. */
  uint32(index: number): number;
  /** A number in [0, 1) with 32 random bits. */
  uniform(index: number): number;
  /** Fills with numbers in [0, 1): element i depends on i alone. Takes the kernels' scratch memory. */
  fillUniform(target: Float32Array): void;
  /** Fills with standard normals, cut at 4.2: element i depends on i alone. Takes the kernels' scratch memory. */
  fillNormal(target: Float32Array): void;
  /** Another sequence of the same key: draws for one purpose never collide with those for another. */
  fork(stream: number): Random;
}

/**
 * The generator of one image under one condition.
 *
 * @param seed        Seed of the suite.
 * @param imageDigest SHA-256 of the image file, hex.
 * @param severity    1 to 5.
 * @see Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3": Philox4x32-7, the fewest rounds that
 *      pass BigCrush (table 2).
 */
export function createRandom(
  seed: number,
  imageDigest: string,
  perturbation: string,
  severity: number,
): Random {
  const key = createHash('sha256')
    .update(`${seed}\n${imageDigest}\n${perturbation}\n${severity}`)
    .digest();
  return philox(key.readUInt32LE(0), key.readUInt32LE(4), 0);
}

/** The generator of a key of 64 bits, given as two words; `stream` is the third word of its counters. */
export function philox(key0: number, key1: number, stream: number): Random {
  const key = [key0, key1, stream] as const;
  const uint32 = (index: number): number =>
    philoxBlock(Math.floor(index / WORDS_PER_BLOCK), key)[index % WORDS_PER_BLOCK]!;
  return {
    key,
    uint32,
    uniform: (index) => uint32(index) / 2 ** 32,
    fillUniform(target) {
      const memory = scratch();
      const at = memory.reserve(target.length * FLOAT_BYTES);
      memory.kernels.fillUniform(at, 0, Math.ceil(target.length / WORDS_PER_BLOCK), ...key);
      target.set(memory.floats(at, target.length));
    },
    fillNormal(target) {
      const memory = scratch();
      const at = memory.reserve(target.length * FLOAT_BYTES);
      memory.kernels.fillNormal(at, target.length, normalsPlace(), ...key);
      target.set(memory.floats(at, target.length));
    },
    fork: (other) => philox(key0, key1, other),
  };
}

/** The four words of a counter, as `fillWords` of kernels/random.ts makes them. */
function philoxBlock(counter: number, [key0, key1, stream]: Random['key']): readonly number[] {
  let c0 = counter >>> 0;
  let c1 = Math.floor(counter / 2 ** 32) >>> 0;
  let c2 = stream >>> 0;
  let c3 = 0;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** Upper 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  // Both stay under 2^32.
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (carry >>> 16)) >>> 0;
}
