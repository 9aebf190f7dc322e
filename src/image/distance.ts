import type { Size } from './image.ts';

// Steps of the chamfer distance in units of 2^-16, as OpenCV: straight, diagonal, knight's move.
const STRAIGHT = 65536;
const DIAGONAL = Math.round(1.4 * 65536);
const KNIGHT = Math.round(2.1969 * 65536);

const FAR = 2 ** 30;

/** What a pixel looks at that was visited before: x, y, length. */
const BEFORE = [
  [-1, -2, KNIGHT],
  [1, -2, KNIGHT],
  [-2, -1, KNIGHT],
  [-1, -1, DIAGONAL],
  [0, -1, STRAIGHT],
  [1, -1, DIAGONAL],
  [2, -1, KNIGHT],
  [-1, 0, STRAIGHT],
] as const;

/**
 * Distance of every pixel to the nearest marked one, in pixels; huge where none is marked.
 *
 * @param marked 1 for each marked pixel.
 * @see Borgefors 1986; OpenCV `distanceTransform`, DIST_L2 with mask 5.
 */
export function chamferDistance({ width, height }: Size, marked: Uint8Array): Float32Array {
  const stride = width + 4;
  const map = new Float64Array(stride * (height + 4)).fill(FAR);
  const visit = (x: number, y: number, direction: 1 | -1): void => {
    const at = (y + 2) * stride + x + 2;
    let least = map[at]!;
    for (const [dx, dy, length] of BEFORE) {
      least = Math.min(least, map[at + direction * (dy * stride + dx)]! + length);
    }
    map[at] = least;
  };
  for (let pixel = 0; pixel < marked.length; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    if (marked[pixel] === 1) map[(y + 2) * stride + x + 2] = 0;
    else visit(x, y, 1);
  }
  for (let pixel = marked.length - 1; pixel >= 0; pixel--) {
    visit(pixel % width, Math.floor(pixel / width), -1);
  }
  return Float32Array.from(
    marked,
    (_, pixel) => map[(Math.floor(pixel / width) + 2) * stride + (pixel % width) + 2]! / STRAIGHT,
  );
}
