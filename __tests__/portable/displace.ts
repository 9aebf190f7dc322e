import { roundHalfEven } from '../../src/image/exact.ts';
import type { Image } from '../../src/image/image.ts';
import { reflect } from '../../src/image/plane.ts';

const f = Math.fround;
const ONE = 2 ** 14;

/** `displace` in plain JavaScript. */
export function displacePortable(
  image: Image,
  across: Float32Array,
  down: Float32Array,
  reach: number,
): Image {
  const { width, height, data } = image;
  const out = new Uint8Array(data.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const dx = f(f(across[pixel]! - 0.5) * f(reach));
    const dy = f(f(down[pixel]! - 0.5) * f(reach));
    const [left, top] = [Math.floor(dx), Math.floor(dy)];
    const right = roundHalfEven(f(f(dx - left) * ONE));
    const below = f(dy - top);
    const x0 = reflect(x + left, width) * 3;
    const x1 = reflect(x + left + 1, width) * 3;
    const upper = reflect(y + top, height) * width * 3;
    const lower = reflect(y + top + 1, height) * width * 3;
    for (let k = 0; k < 3; k++) {
      const a = data[upper + x0 + k]! * (ONE - right) + data[upper + x1 + k]! * right;
      const b = data[lower + x0 + k]! * (ONE - right) + data[lower + x1 + k]! * right;
      out[3 * pixel + k] = (Math.trunc(f(a + f((b - a) * below))) + 1) >> 14;
    }
  }
  return { width, height, data: out };
}
