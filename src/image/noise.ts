import { exactExp } from './exact.ts';
import type { Image } from './image.ts';
import { scratch } from './kernels.ts';
import { normalsPlace } from './normal-table.ts';
import { copyBytes } from './room.ts';
import type { Random } from './random.ts';

/** A draw is one of so many: 16 bits, each the middle of its own 1/65536. */
const DRAWS = 65536;
/** Draws that share an upper byte. */
const GUIDE_STEP = 256;

/**
 * Adds normal noise to every sample; clipped and truncated. In float32.
 *
 * @param deviation Standard deviation in grey levels: `constant`, and `proportional` to the sample.
 */
export function addNormals(
  image: Image,
  { constant = 0, proportional = 0 }: { constant?: number; proportional?: number },
  random: Random,
): Image {
  const memory = scratch();
  const { length } = image.data;
  const at = memory.put(image.data);
  memory.kernels.addNormals(at, length, constant, proportional, normalsPlace(), ...random.key);
  return { ...image, data: copyBytes(memory.bytes(at, length)) };
}

/**
 * Makes a share of all samples 0 or 255, half each.
 *
 * @param amount The share, 0 to 1, to the nearest 1/65536.
 */
export function addImpulses(image: Image, amount: number, random: Random): Image {
  const memory = scratch();
  const { length } = image.data;
  const at = memory.put(image.data);
  // One draw decides both: the lower half of those that hit is pepper, the upper half salt.
  const hits = Math.round(amount * DRAWS);
  const pepper = Math.round((amount / 2) * DRAWS);
  if (hits > 0) memory.kernels.addImpulses(at, length, pepper, hits - 1, ...random.key);
  return { ...image, data: copyBytes(memory.bytes(at, length)) };
}

/**
 * Makes a share of all pixels black.
 *
 * @param amount The share, 0 to 1, to the nearest 1/65536.
 */
export function dropPixels(image: Image, amount: number, random: Random): Image {
  const memory = scratch();
  const { length } = image.data;
  const at = memory.put(image.data);
  const hits = Math.round(amount * DRAWS);
  if (hits > 0) memory.kernels.dropPixels(at, length / 3, hits - 1, ...random.key);
  return { ...image, data: copyBytes(memory.bytes(at, length)) };
}

/**
 * Every sample becomes a Poisson count whose mean is the sample, scaled back; clipped and truncated.
 *
 * @param photons The mean at full scale.
 */
export function countPhotons(image: Image, photons: number, random: Random): Image {
  const { guide, limits, stride, levels } = photonTables(photons);
  const memory = scratch();
  const { length } = image.data;
  const at = memory.put(image.data);
  memory.kernels.drawCounts(
    at,
    length,
    memory.put(guide),
    memory.put(limits),
    stride,
    memory.put(levels),
    ...random.key,
  );
  return { ...image, data: copyBytes(memory.bytes(at, length)) };
}

/** What `drawCounts` of kernels/noise.ts takes. */
function photonTables(photons: number): {
  guide: Uint16Array;
  limits: Uint16Array;
  stride: number;
  levels: Uint8Array;
} {
  const rows = Array.from({ length: 256 }, (_, sample) => countLimits((sample / 255) * photons));
  const stride = rows[255]!.length;
  const limits = new Uint16Array(256 * stride);
  const guide = new Uint16Array((256 * DRAWS) / GUIDE_STEP);
  for (const [sample, row] of rows.entries()) {
    // A -1 becomes 65535; the guide leads past it.
    limits.set(row, sample * stride);
    for (let draw = 0, count = 0; draw < DRAWS; draw += GUIDE_STEP) {
      while (draw > row[count]!) count++;
      guide[(sample * DRAWS + draw) / GUIDE_STEP] = count;
    }
  }
  const levels = Uint8Array.from(
    { length: stride },
    (_, count) => Math.min(1, count / photons) * 255,
  );
  return { guide, limits, stride, levels };
}

/** The greatest 16-bit draw that gives 0, 1, 2 ... or fewer Poisson counts; -1 where none does. */
export function countLimits(mean: number): number[] {
  const limits: number[] = [];
  let term = exactExp(-mean);
  let sum = term;
  for (let count = 1; sum * DRAWS + 0.5 < DRAWS; count++) {
    limits.push(Math.floor(sum * DRAWS - 0.5));
    term = (term * mean) / count;
    sum += term;
  }
  return [...limits, DRAWS - 1];
}
