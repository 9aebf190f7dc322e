import type { Size } from '../../src/image/image.ts';

/** Tangent of 22.5 degrees in units of 2^-15. */
const TANGENT = 13573;

interface Gradient {
  readonly dx: Int32Array;
  readonly dy: Int32Array;
  /** |dx| + |dy|, with a border of one pixel of zeros. */
  readonly strength: Int32Array;
}

/** `cannyEdges` in plain JavaScript. */
export function cannyPortable(size: Size, grey: Uint8Array, low: number, high: number): Uint8Array {
  const { width } = size;
  const gradient = sobel(size, grey);
  const stride = width + 2;
  const weak = new Uint8Array(gradient.strength.length);
  const edges = new Uint8Array(grey.length);
  const found: number[] = [];
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const at = (Math.floor(pixel / width) + 1) * stride + (pixel % width) + 1;
    const strength = gradient.strength[at]!;
    if (strength <= low || !crest(gradient, pixel, at, stride)) continue;
    weak[at] = 1;
    if (strength > high) found.push(at);
  }
  for (let at = found.pop(); at !== undefined; at = found.pop()) {
    if (weak[at] === 0) continue;
    weak[at] = 0;
    edges[(Math.floor(at / stride) - 1) * width + (at % stride) - 1] = 1;
    for (const row of [-stride, 0, stride]) found.push(at + row - 1, at + row, at + row + 1);
  }
  return edges;
}

/** Is the gradient here stronger than on both sides, across the edge? */
function crest({ dx, dy, strength }: Gradient, pixel: number, at: number, stride: number): boolean {
  const here = strength[at]!;
  const [x, y] = [Math.abs(dx[pixel]!), Math.abs(dy[pixel]!) * 32768];
  const flat = x * TANGENT;
  if (y < flat) return here > strength[at - 1]! && here >= strength[at + 1]!;
  if (y > flat + x * 65536) return here > strength[at - stride]! && here >= strength[at + stride]!;
  const slant = (dx[pixel]! ^ dy[pixel]!) < 0 ? -1 : 1;
  return here > strength[at - stride - slant]! && here > strength[at + stride + slant]!;
}

/** 3 x 3, edges repeated. */
function sobel({ width, height }: Size, grey: Uint8Array): Gradient {
  const [dx, dy] = [new Int32Array(grey.length), new Int32Array(grey.length)];
  const strength = new Int32Array((width + 2) * (height + 2));
  for (let y = 0, to = 0; y < height; y++) {
    const rows = [-1, 0, 1].map((k) => Math.min(Math.max(y + k, 0), height - 1) * width);
    const [above, middle, below] = [rows[0]!, rows[1]!, rows[2]!];
    for (let x = 0; x < width; x++, to++) {
      const left = Math.max(x - 1, 0);
      const right = Math.min(x + 1, width - 1);
      const [a, b, c] = [grey[above + left]!, grey[above + x]!, grey[above + right]!];
      const [d, e] = [grey[middle + left]!, grey[middle + right]!];
      const [f, g, h] = [grey[below + left]!, grey[below + x]!, grey[below + right]!];
      dx[to] = c + 2 * e + h - a - 2 * d - f;
      dy[to] = f + 2 * g + h - a - 2 * b - c;
      strength[(y + 1) * (width + 2) + x + 1] = Math.abs(dx[to]!) + Math.abs(dy[to]!);
    }
  }
  return { dx, dy, strength };
}
