import type { Cover } from './blend.ts';
import { discs } from './cover.ts';
import type { Size } from './image.ts';
import type { Random } from './random.ts';

const DISCS = 5;

/**
 * Cover of blots with soft rims: each is a few discs that overlap.
 *
 * @param radius Of a blot, a fraction of the shorter side.
 */
export function blots(
  { width, height }: Size,
  { count, radius }: { readonly count: number; readonly radius: number },
  random: Random,
): Cover {
  const reach = Math.max(1, radius * Math.min(width, height));
  const all = Array.from({ length: count * DISCS }, (_, i) => {
    const [blot, disc] = [Math.floor(i / DISCS), i % DISCS];
    const draw = (k: number): number => random.uniform(blot * (2 + 3 * DISCS) + k);
    const [dx, dy, size] = [0, 1, 2].map((k) => draw(2 + 3 * disc + k));
    return {
      x: draw(0) * width + (dx! - 0.5) * reach,
      y: draw(1) * height + (dy! - 0.5) * reach,
      radius: reach * (0.4 + 0.3 * size!),
    };
  });
  return discs(all);
}
