import type { Size } from './image.ts';
import type { Random } from './random.ts';

const DISCS = 5;

/**
 * Cover of blots with soft rims: each is a few discs that overlap.
 *
 * @param radius Of a blot, a fraction of the shorter side.
 * @returns      For each pixel 0 to 1.
 */
export function blots(
  { width, height }: Size,
  { count, radius }: { readonly count: number; readonly radius: number },
  random: Random,
): Float32Array {
  const cover = new Float32Array(width * height);
  const reach = Math.max(1, radius * Math.min(width, height));
  for (let blot = 0; blot < count; blot++) {
    const draw = (k: number): number => random.uniform(blot * (2 + 3 * DISCS) + k);
    const [cx, cy] = [draw(0) * width, draw(1) * height];
    for (let disc = 0; disc < DISCS; disc++) {
      const [dx, dy, size] = [0, 1, 2].map((k) => draw(2 + 3 * disc + k));
      addDisc(
        cover,
        { width, height },
        {
          x: cx + (dx! - 0.5) * reach,
          y: cy + (dy! - 0.5) * reach,
          radius: reach * (0.4 + 0.3 * size!),
        },
      );
    }
  }
  return cover;
}

function addDisc(
  cover: Float32Array,
  { width, height }: Size,
  { x, y, radius }: { x: number; y: number; radius: number },
): void {
  const last = Math.min(Math.ceil(y + radius), height);
  for (let row = Math.max(Math.floor(y - radius), 0); row < last; row++) {
    const right = Math.min(Math.ceil(x + radius), width);
    for (let column = Math.max(Math.floor(x - radius), 0); column < right; column++) {
      const [dx, dy] = [(column + 0.5 - x) / radius, (row + 0.5 - y) / radius];
      const at = row * width + column;
      // Whole inside, falling to 0 over the outer half of the squared radius.
      const share = Math.min(1, Math.max(0, 2 - 2 * (dx * dx + dy * dy)));
      if (share > cover[at]!) cover[at] = share;
    }
  }
}
