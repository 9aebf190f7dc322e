import type { Image } from '../../src/image/image.ts';
import { countLimits } from '../../src/image/noise.ts';
import type { Random } from '../../src/image/random.ts';
import { drawsPortable, normalsPortable } from './random.ts';

const f32 = Math.fround;

/** `addNormals` in plain JavaScript. */
export function addNormalsPortable(
  { data, ...size }: Image,
  { constant = 0, proportional = 0 }: { constant?: number; proportional?: number },
  random: Random,
): Image {
  const normals = normalsPortable(random, data.length);
  const noisy = data.map((sample, i) => {
    const deviation = f32(f32(constant) + f32(f32(proportional) * sample));
    return Math.min(Math.max(f32(sample + f32(deviation * normals[i]!)), 0), 255);
  });
  return { ...size, data: noisy };
}

/** `addImpulses` in plain JavaScript: midpoints of draws against the share itself. */
export function addImpulsesPortable(
  { data, ...size }: Image,
  amount: number,
  random: Random,
): Image {
  const draws = drawsPortable(random, data.length);
  const noisy = data.map((sample, i) => {
    const draw = draws[i]! + 0.5;
    if (draw > amount * 65536) return sample;
    return draw > (amount / 2) * 65536 ? 255 : 0;
  });
  return { ...size, data: noisy };
}

/** `dropPixels` in plain JavaScript: midpoints of draws against the share itself. */
export function dropPixelsPortable(
  { data, ...size }: Image,
  amount: number,
  random: Random,
): Image {
  const draws = drawsPortable(random, data.length / 3);
  const kept = (i: number): boolean => draws[Math.floor(i / 3)]! + 0.5 > amount * 65536;
  return { ...size, data: data.map((sample, i) => (kept(i) ? sample : 0)) };
}

/** `countPhotons` in plain JavaScript: counts one by one, without the guide. */
export function countPhotonsPortable(
  { data, ...size }: Image,
  photons: number,
  random: Random,
): Image {
  const limits = Array.from({ length: 256 }, (_, sample) => countLimits((sample / 255) * photons));
  const draws = drawsPortable(random, data.length);
  const counted = data.map((sample, i) => {
    const count = limits[sample]!.findIndex((limit) => draws[i]! <= limit);
    return Math.min(1, count / photons) * 255;
  });
  return { ...size, data: counted };
}
