import type { Size } from '../../src/image/image.ts';

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

/** `chamferDistance` in plain JavaScript. */
export function chamferPortable(
  { width, height }: Size,
  marked: Uint8Array,
  farthest: number,
): Float32Array {
  const stride = width + 4;
  const map = new Float64Array(stride * (height + 4)).fill(FAR);
  const offsets = Int32Array.from(BEFORE, ([dx, dy]) => dy * stride + dx);
  const lengths = Int32Array.from(BEFORE, ([, , length]) => length);
  const distances = new Float32Array(marked.length);
  for (let pixel = 0, y = 0; y < height; y++) {
    for (let x = 0, at = (y + 2) * stride + 2; x < width; x++, at++, pixel++) {
      map[at] = marked[pixel] === 1 ? 0 : shortest(map, at, offsets, lengths, 1);
    }
  }
  for (let pixel = marked.length - 1, y = height - 1; y >= 0; y--) {
    for (let at = (y + 2) * stride + width + 1; at >= (y + 2) * stride + 2; at--, pixel--) {
      map[at] = shortest(map, at, offsets, lengths, -1);
      distances[pixel] = Math.min(map[at]! / STRAIGHT, farthest);
    }
  }
  return distances;
}

/** The way over a neighbour that was visited before, or what is known already. */
function shortest(
  map: Float64Array,
  at: number,
  offsets: Int32Array,
  lengths: Int32Array,
  direction: 1 | -1,
): number {
  let least = map[at]!;
  for (let k = 0; k < offsets.length; k++) {
    const way = map[at + direction * offsets[k]!]! + lengths[k]!;
    if (way < least) least = way;
  }
  return least;
}
