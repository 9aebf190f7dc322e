import { createHash } from 'node:crypto';
import { NORMAL_TABLE } from './normal-table.ts';

/** Random numbers that are read by index: no state, so that neither order nor threads change a draw. */
export interface Random {
  /** A whole number from 0 to 2^32 - 1. */
  uint32(index: number): number;
  /** A number in [0, 1) with 32 random bits. */
  uniform(index: number): number;
  /** Fills with numbers in [0, 1): element i depends on i alone. */
  fillUniform(target: Float32Array): void;
  /** Fills with standard normals, cut at 4.2: element i depends on i alone. */
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
 * @see Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3": Philox4x32 with 10 rounds.
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

function philox(key0: number, key1: number, stream: number): Random {
  const words = new Uint32Array(4);
  const uint32 = (index: number): number => {
    philoxBlock(Math.floor(index / 4), stream, key0, key1, words);
    return words[index & 3]!;
  };
  return {
    uint32,
    uniform: (index) => uint32(index) / 2 ** 32,
    fillUniform(target) {
      for (let i = 0, block = 0; i < target.length; i += 4, block++) {
        philoxBlock(block, stream, key0, key1, words);
        // 24 bits: what a float32 holds.
        for (let k = 0; k < 4 && i + k < target.length; k++)
          target[i + k] = (words[k]! >>> 8) / 2 ** 24;
      }
    },
    fillNormal(target) {
      for (let i = 0, block = 0; i < target.length; i += 8, block++) {
        philoxBlock(block, stream, key0, key1, words);
        for (let k = 0; k < 8 && i + k < target.length; k++) {
          target[i + k] = NORMAL_TABLE[(words[k >> 1]! >>> ((k & 1) << 4)) & 0xffff]!;
        }
      }
    },
    fork: (other) => philox(key0, key1, other),
  };
}

/** One block of four words for a counter. */
function philoxBlock(
  counter: number,
  stream: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  let c0 = counter >>> 0;
  let c1 = Math.floor(counter / 2 ** 32) >>> 0;
  let c2 = stream >>> 0;
  let c3 = 0;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
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
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
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
