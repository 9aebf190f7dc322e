import type { Plane } from './plane.ts';
import type { Random } from './random.ts';

/**
 * A cloud-like height map by the diamond-square method, scaled to 0 to 1.
 *
 * @param size  Side, a power of two.
 * @param decay How much less each finer step wobbles.
 * @param random Uniform draws, `size`² - 1 of them, in the reference's order.
 * @see imagecorruptions 1.1.2 `plasma_fractal`
 */
export function plasmaFractal(size: number, decay: number, random: Random): Plane {
  const draws = new Float32Array(size * size);
  random.fillUniform(draws);
  const map = new Float64Array(size * size);
  const mask = size - 1;
  let drawn = 0;
  let wobble = 100;
  // Sets every step-th point to the mean of four, wrapped around, plus the wobble, which the reference squares.
  const fill = (startX: number, startY: number, step: number, across: boolean): void => {
    const half = step / 2;
    for (let y = startY; y < size; y += step) {
      const above = ((y - half) & mask) * size;
      const below = ((y + half) & mask) * size;
      const level = y * size;
      for (let x = startX; x < size; x += step) {
        const [left, right] = [(x - half) & mask, (x + half) & mask];
        const sum = across
          ? map[level + left]! + map[level + right]! + map[above + x]! + map[below + x]!
          : map[above + left]! + map[below + left]! + map[above + right]! + map[below + right]!;
        map[level + x] = sum / 4 + wobble * (2 * wobble * draws[drawn++]! - wobble);
      }
    }
  };
  for (let step = size; step >= 2; step /= 2, wobble /= decay) {
    fill(step / 2, step / 2, step, false);
    fill(step / 2, 0, step, true);
    fill(0, step / 2, step, true);
  }
  return { width: size, height: size, data: scaled(map) };
}

function scaled(map: Float64Array): Float64Array {
  let [least, most] = [Infinity, -Infinity];
  for (const value of map) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const range = most - least;
  for (let i = 0; i < map.length; i++) map[i] = (map[i]! - least) / range;
  return map;
}
