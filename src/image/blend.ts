import type { Image, Size } from './image.ts';
import type { Scratch } from './kernels.ts';
import { mapPixels } from './pixelwise.ts';

/** How much of what lies over an image shows at each pixel, 0 to 1: lays that many floats into the kernels' memory. */
export type Cover = (memory: Scratch, size: Size) => number;

/**
 * Lays a colour over an image.
 *
 * @param cover    For each pixel how much of the colour shows, 0 to 1.
 * @param strength Factor of the cover, 0 to 1.
 */
export function blend(
  image: Image,
  cover: Cover | Float32Array,
  colour: readonly [number, number, number],
  strength = 1,
): Image {
  return mapPixels(image, (memory, source, target) => {
    const shares = typeof cover === 'function' ? cover(memory, image) : memory.put(cover);
    const pixels = image.width * image.height;
    memory.kernels.blendColour(source, target, pixels, shares, strength, ...colour);
  });
}

/** Lays another image of the same size over an image. */
export function blendImage(image: Image, over: Image, cover: Cover): Image {
  return mapPixels(image, (memory, source, target) => {
    const shares = cover(memory, image);
    const pixels = image.width * image.height;
    memory.kernels.blendPicture(source, target, pixels, shares, memory.put(over.data));
  });
}
