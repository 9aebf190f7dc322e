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
  let drawn = 0;
  let wobble = 100;
  // Mean of four points, wrapped around, plus the wobble, which the reference squares.
  const set = (x: number, y: number, sum: number): void => {
    map[y * size + x] = sum / 4 + wobble * (2 * wobble * draws[drawn++]! - wobble);
  };
  const at = (x: number, y: number): number =>
    map[((y + size) & (size - 1)) * size + ((x + size) & (size - 1))]!;
  for (let step = size; step >= 2; step /= 2, wobble /= decay) {
    const half = step / 2;
    for (let y = 0; y < size; y += step)
      for (let x = 0; x < size; x += step)
        set(
          x + half,
          y + half,
          at(x, y) + at(x, y + step) + at(x + step, y) + at(x + step, y + step),
        );
    for (let y = 0; y < size; y += step)
      for (let x = half; x < size; x += step)
        set(x, y, at(x, y + half) + at(x, y - half) + at(x - half, y) + at(x + half, y));
    for (let y = half; y < size; y += step)
      for (let x = 0; x < size; x += step)
        set(x, y, at(x + half, y) + at(x - half, y) + at(x, y - half) + at(x, y + half));
  }
  return { width: size, height: size, data: scaled(map) };
}

function scaled(map: Float64Array): Float64Array {
  let [least, most] = [Infinity, -Infinity];
  for (const value of map) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return map.map((value) => (value - least) / (most - least));
}
