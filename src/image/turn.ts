import type { Image } from './image.ts';
import { mapPixels } from './pixelwise.ts';

/** Left and right change places. */
export function flipAcross(image: Image): Image {
  return mapPixels(image, ({ kernels }, source, target) => {
    kernels.flipAcross(source, target, image.width, image.height);
  });
}

/** A quarter turn clockwise; width and height change places. */
export function turnClockwise(image: Image): Image {
  const { width, height } = image;
  const { data } = mapPixels(image, ({ kernels }, source, target) => {
    kernels.turnClockwise(source, target, width, height);
  });
  return { width: height, height: width, data };
}
