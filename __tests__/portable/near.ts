import type { Image } from '../../src/image/image.ts';
import type { Random } from '../../src/image/random.ts';

/** `replaceByNear` in plain JavaScript. */
export function replaceByNearPortable(
  { width, height, data }: Image,
  { delta, rounds }: { readonly delta: number; readonly rounds: number },
  random: Random,
): Image {
  const out = Uint8Array.from(data);
  const pixels = Math.max(width - 2 * delta, 0) * Math.max(height - 2 * delta, 0);
  const draws = new Float32Array(2 * rounds * pixels);
  random.fillUniform(draws);
  for (let round = 0, drawn = 0; round < rounds; round++) {
    for (let y = height - delta; y > delta; y--) {
      for (let x = width - delta; x > delta; x--, drawn += 2) {
        const dx = Math.floor(draws[drawn]! * 2 * delta) - delta;
        const dy = Math.floor(draws[drawn + 1]! * 2 * delta) - delta;
        const from = ((y + dy) * width + x + dx) * 3;
        out.copyWithin((y * width + x) * 3, from, from + 3);
      }
    }
  }
  return { width, height, data: out };
}
