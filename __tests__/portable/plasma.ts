import type { Image } from '../../src/image/image.ts';
import type { Random } from '../../src/image/random.ts';
import { uniformsPortable } from './random.ts';

const f32 = Math.fround;

interface Cloud {
  readonly side: number;
  readonly map: Float32Array;
  readonly least: number;
  readonly range: number;
}

/** The diamond-square method as the reference goes about it: in one map, in place. */
function makeCloudPortable({ width, height }: Image, decay: number, random: Random): Cloud {
  let side = 4;
  while (side < Math.max(width, height)) side *= 2;
  const draws = uniformsPortable(random, side * side);
  const map = new Float32Array(side * side);
  const mask = side - 1;
  let drawn = 1;
  let wobble = 100;
  const fill = (startX: number, startY: number, step: number, across: boolean): void => {
    const half = step / 2;
    const [range, least] = [f32(2 * f32(wobble) * f32(wobble)), f32(-f32(wobble) * f32(wobble))];
    for (let y = startY; y < side; y += step) {
      const above = ((y - half) & mask) * side;
      const below = ((y + half) & mask) * side;
      const level = y * side;
      for (let x = startX; x < side; x += step) {
        const [left, right] = [(x - half) & mask, (x + half) & mask];
        const [a, b, c, d] = across
          ? [level + left, level + right, above + x, below + x]
          : [above + left, above + right, below + left, below + right];
        const sum = f32(f32(f32(map[a]! + map[b]!) + map[c]!) + map[d]!);
        map[level + x] = f32(sum / 4) + f32(f32(range * draws[drawn++]!) + least);
      }
    }
  };
  for (let step = side; step >= 2; step /= 2, wobble /= decay) {
    fill(step / 2, step / 2, step, false);
    fill(step / 2, 0, step, true);
    fill(0, step / 2, step, true);
  }
  const [least, most] = [Math.min(...map), Math.max(...map)];
  return { side, map, least, range: most - least };
}

/** `addCloud` in plain JavaScript. */
export function addCloudPortable(
  image: Image,
  amount: number,
  decay: number,
  random: Random,
): Image {
  const { side, map, least, range } = makeCloudPortable(image, decay, random);
  const brightest = Math.max(...image.data) / 255;
  const keep = brightest === 0 ? 0 : brightest / (brightest + amount);
  const share = (keep * amount * 255) / range;
  const height = (x: number, y: number): number => map[y * side + x]!;
  return blended(image, height, keep, [share, share, share], 2 ** -10 - share * least);
}

/** `addIce` in plain JavaScript. */
export function addIcePortable(
  image: Image,
  { keep, ice, tint }: { keep: number; ice: number; tint: readonly [number, number, number] },
  random: Random,
): Image {
  const { side, map, least, range } = makeCloudPortable(image, 1.5, random);
  const scaled = (x: number, y: number): number =>
    f32(f32(map[(y % side) * side + (x % side)]! - f32(least)) * f32(1 / range));
  const ridge = (value: number): number =>
    Math.max(0, f32(1 - f32(Math.abs(f32(value - 0.5)) * 5)));
  const texture = (x: number, y: number): number => {
    const coarse = scaled(x, y);
    const faint = f32(Math.max(ridge(coarse), ridge(scaled(5 * x, 5 * y))) * f32(0.8));
    const crystals = Math.max(faint, ridge(scaled(2 * x, 2 * y)));
    return f32(f32(f32(coarse * 76.5) + 63.75) + f32(crystals * 114.75));
  };
  const shares = tint.map((part) => ice * part);
  return blended(image, texture, keep, shares, 2 ** -10);
}

/** `addPlane` of kernels/plane.ts in plain JavaScript. */
function blended(
  { width, height, data }: Image,
  plane: (x: number, y: number) => number,
  keep: number,
  shares: readonly number[],
  offset: number,
): Image {
  const out = data.map((sample, i) => {
    const pixel = Math.floor(i / 3);
    const added = f32(plane(pixel % width, Math.floor(pixel / width)) * f32(shares[i % 3]!));
    const kept = f32(f32(sample * f32(keep)) + f32(offset));
    return Math.min(Math.max(f32(kept + added), 0), 255);
  });
  return { width, height, data: out };
}
