import type { Image } from '../../src/image/image.ts';

const { fround } = Math;

interface Liquid {
  readonly mean: number;
  readonly sigma: number;
  readonly threshold: number;
}

function heightsOf(field: Float32Array, { mean, sigma, threshold }: Liquid): Float32Array {
  return field
    .map((value) => fround(value * fround(sigma)) + fround(mean))
    .map((height) => (height < fround(threshold) ? 0 : height));
}

/** `liquidLevels` in plain JavaScript. */
export function liquidLevelsPortable(field: Float32Array, liquid: Liquid): Uint8Array {
  return Uint8Array.from(heightsOf(field, liquid), (height) => fround(height * 255));
}

/** `liquidPresence` in plain JavaScript. */
export function liquidPresencePortable(field: Float32Array, liquid: Liquid): Float32Array {
  return heightsOf(field, liquid).map((height) => Number(height > 0));
}

/** `addMud` in plain JavaScript. */
export function addMudPortable(image: Image, cover: Float32Array): Image {
  const mud = [63, 42, 20];
  const data = Uint8Array.from(image.data, (sample, i) => {
    const found = cover[Math.floor(i / 3)]!;
    const share = found < fround(0.8) ? 0 : found;
    const left = fround(sample * fround(1 - share));
    return fround(fround(left + fround(mud[i % 3]! * share)) + fround(5e-5));
  });
  return { ...image, data };
}
