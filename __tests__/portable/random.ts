import { makeNormals } from '../../src/image/normal-table.ts';
import type { Random } from '../../src/image/random.ts';

const normals = makeNormals();

/** `fillUniform` in plain JavaScript. */
export function uniformsPortable(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => (random.uint32(i) >>> 8) / 2 ** 24);
}

/** The 16-bit draws of kernels/random.ts: the halves of the words, lower one first. */
export function drawsPortable(random: Random, length: number): Uint16Array {
  return Uint16Array.from({ length }, (_, i) => random.uint32(i >> 1) >>> (16 * (i & 1)));
}

/** `fillNormal` in plain JavaScript. */
export function normalsPortable(random: Random, length: number): Float32Array {
  return Float32Array.from(drawsPortable(random, length), (draw) => normals[draw]!);
}
