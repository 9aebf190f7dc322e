import { cannyEdges } from './canny.ts';
import { chamferDistance } from './distance.ts';
import { roundHalfEven } from './exact.ts';
import type { Size } from './image.ts';
import { sumTaps } from './taps.ts';

/** Lights the drops from one side. */
const RELIEF = [-2, -1, 0, -1, 1, 1, 0, 1, 2];
const BOX = Array.from({ length: 9 }, () => 1 / 9);

const FARTHEST = 20;

/**
 * How much water shows at each pixel, 0 to 1: the liquid's height, lit like drops with bright rims.
 *
 * @param liquid Height, 0 to 255.
 * @returns      All 0 where there is no liquid.
 * @see imagecorruptions 1.1.2 `spatter`, severities 1 to 3.
 */
export function waterCover(size: Size, liquid: Uint8Array): Float32Array {
  const distance = chamferDistance(size, cannyEdges(size, liquid, 50, 150));
  const near = filter3(
    size,
    distance.map((value) => Math.min(value, FARTHEST)),
    BOX,
  );
  // Truncated; what is a whole number but for rounding stays one.
  const levels = equalize(new Uint8Array(near.map((value) => value + 1e-4)));
  const lit = filter3(size, levels, RELIEF).map((value) => Math.min(Math.max(value, 0), 255));
  const water = filter3(size, lit, BOX).map((value, i) => roundHalfEven(value) * liquid[i]!);
  const most = water.reduce((a, b) => Math.max(a, b), 0);
  return most === 0 ? water : water.map((value) => value / most);
}

/** Correlates with nine weights, edges mirrored. */
function filter3(size: Size, data: ArrayLike<number>, weights: readonly number[]): Float32Array {
  const taps = weights.map((weight, i) => ({ dx: (i % 3) - 1, dy: Math.floor(i / 3) - 1, weight }));
  return sumTaps({ ...size, channels: 1, data: new Float32Array(data) }, taps, 'reflect101');
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
