import type { Image } from './image.ts';

/**
 * Lays a colour over an image.
 *
 * @param cover For each pixel how much of the colour shows, 0 to 1.
 */
export function blend(
  image: Image,
  cover: Float32Array,
  colour: readonly [number, number, number],
): Image {
  const data = Uint8Array.from(image.data);
  for (let pixel = 0; pixel < cover.length; pixel++) {
    const share = cover[pixel]!;
    if (share === 0) continue;
    for (let k = 0; k < 3; k++) {
      const sample = image.data[3 * pixel + k]!;
      data[3 * pixel + k] = sample + (colour[k]! - sample) * share + 0.5;
    }
  }
  return { ...image, data };
}
