import { exactCos, exactExp, exactSin } from './exact.ts';
import type { Size } from './image.ts';
import type { Tap } from './taps.ts';

/**
 * Taps that sum copies of a picture, each shifted one step further along a line, with the weights of half a
 * Gaussian.
 *
 * @param size    Of the picture.
 * @param radius  Half the number of copies, less a half.
 * @param sigma   Of the Gaussian, pixels.
 * @param degrees Of the line, counter-clockwise from "to the right".
 * @see imagecorruptions 1.1.2 `_motion_blur`, which stops where the line leaves the picture.
 */
export function tapsAlong(
  size: Size,
  { radius, sigma, degrees }: { radius: number; sigma: number; degrees: number },
): Tap[] {
  const length = 2 * radius + 1;
  const angle = (degrees * Math.PI) / 180;
  const weights = Array.from({ length }, (_, i) => exactExp(-(i * i) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [sine, cosine] = [exactSin(angle), exactCos(angle)];
  const taps: Tap[] = [];
  for (const [i, weight] of weights.entries()) {
    // The tap is where the copy that is moved this far has its own sample.
    const dy = Math.ceil(i * sine - 0.5);
    const dx = Math.ceil(i * cosine - 0.5);
    if (Math.abs(dy) >= size.height || Math.abs(dx) >= size.width) break;
    taps.push({ dx, dy, weight: weight / total });
  }
  return taps;
}
