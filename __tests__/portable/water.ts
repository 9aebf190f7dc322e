import { roundHalfEven } from '../../src/image/exact.ts';
import type { Image, Size } from '../../src/image/image.ts';
import { edges } from '../../src/image/plane.ts';
import { cannyPortable } from './canny.ts';
import { chamferPortable } from './distance.ts';

const { fround } = Math;

/** Lights the drops from one side. */
const RELIEF = [-2, -1, 0, -1, 1, 1, 0, 1, 2];
const BOX = Array.from({ length: 9 }, () => 1);

const WATER = [175, 238, 238];

/** `addWater` in plain JavaScript. */
export function addWaterPortable(image: Image, liquid: Uint8Array, amount: number): Image {
  const water = lightWater(image, liquid);
  const most = water.reduce((a, b) => Math.max(a, b), 0);
  const factor = most === 0 ? 0 : fround(fround(amount) / most);
  const colour = WATER.map((level) => fround(level * factor));
  const data = Uint8Array.from(image.data, (sample, i) => {
    const sum = fround(sample + fround(water[Math.floor(i / 3)]! * colour[i % 3]!));
    return Math.min(fround(sum + fround(5e-5)), 255);
  });
  return { ...image, data };
}

function lightWater(size: Size, liquid: Uint8Array): number[] {
  const distances = chamferPortable(size, cannyPortable(size, liquid, 50, 150), 20);
  const near = filter3(size, distances, BOX).map((sum) => fround(sum / 9));
  const levels = equalize(Uint8Array.from(near));
  const lit = filter3(size, levels, RELIEF).map((value) => Math.min(Math.max(value, 0), 255));
  return filter3(size, lit, BOX).map((sum, i) => Math.round(sum / 9) * liquid[i]!);
}

/** Correlates with nine weights, edges mirrored. */
function filter3(
  { width, height }: Size,
  data: ArrayLike<number>,
  weights: readonly number[],
): number[] {
  return Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return weights.reduce((sum, weight, i) => {
      const row = edges.reflect101(y + Math.floor(i / 3) - 1, height);
      return sum + weight * data[row * width + edges.reflect101(x + (i % 3) - 1, width)]!;
    }, 0);
  });
}

/** Spreads levels so that all are about equally frequent. @see OpenCV `equalizeHist` */
function equalize(levels: Uint8Array): Uint8Array {
  const counts = new Uint32Array(256);
  for (const level of levels) counts[level]! += 1;
  const first = counts.findIndex((count) => count > 0);
  const rest = levels.length - counts[first]!;
  if (rest === 0) return levels;
  let sum = -counts[first]!;
  const table = Uint8Array.from(counts, (count, level) => {
    if (level >= first) sum += count;
    return level <= first ? 0 : roundHalfEven((sum * 255) / rest);
  });
  return levels.map((level) => table[level]!);
}
