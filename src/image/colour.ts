import type { Image } from './image.ts';
import { scratch } from './kernels.ts';
import { mapPixels } from './pixelwise.ts';

const CHANNELS = 3;
/** The kernel sums up this many numbers of a channel at a time. */
const LANES = 4;
const INT_BYTES = 4;

/** Mean of red, green and blue, 0 to 255. */
export function channelMeans({ width, height, data }: Image): readonly number[] {
  const memory = scratch();
  const source = memory.put(data);
  const at = memory.reserve(CHANNELS * LANES * INT_BYTES);
  memory.kernels.sumChannels(source, data.length, at);
  const sums = memory.ints(at, CHANNELS * LANES);
  return Array.from({ length: CHANNELS }, (_, channel) => {
    const parts = sums.subarray(channel * LANES, (channel + 1) * LANES);
    return parts.reduce((total, part) => total + part, 0) / (width * height);
  });
}

/** Red, green and blue become the luma of Rec. 601, rounded as OpenCV does. */
export function greyscale(image: Image): Image {
  return mapPixels(image, ({ kernels }, source, target) => {
    kernels.greySamples(source, target, image.data.length);
  });
}

/** Keeps the bits of every sample that `mask` has. */
export function maskSamples(image: Image, mask: number): Image {
  return mapPixels(image, ({ kernels }, source, target) => {
    kernels.maskSamples(source, target, image.data.length, mask);
  });
}

/**
 * Adds to the value of HSV, at most to 255: red, green and blue are scaled alike, black becomes grey.
 *
 * @param add Grey levels, 0 or more.
 */
export function raiseValue(image: Image, add: number): Image {
  return mapPixels(image, ({ kernels }, source, target) => {
    kernels.raiseValue(source, target, image.data.length, add);
  });
}

/**
 * Changes the saturation of HSV, keeps hue and value.
 *
 * @param scale Factor of the saturation, to which `add` is added; clipped to 0 to 1.
 * @see scikit-image `rgb2hsv`, `hsv2rgb`: grey has hue 0 (red).
 */
export function changeSaturation(
  image: Image,
  { scale, add }: { readonly scale: number; readonly add: number },
): Image {
  return mapPixels(image, ({ kernels }, source, target) => {
    kernels.changeSaturation(source, target, image.data.length, scale, add);
  });
}

/**
 * Changes the hue of HSV, keeps saturation and value.
 *
 * @param turn Added to the hue, -1 to 1 turn.
 */
export function turnHue(image: Image, turn: number): Image {
  return mapPixels(image, ({ kernels }, source, target) => {
    kernels.turnHue(source, target, image.data.length, turn * 6);
  });
}
