import type { Image } from './image.ts';

/** The image at most `width` pixels wide, each pixel the mean of those that it covers. */
export function shrink(image: Image, width: number): Image {
  if (image.width <= width) return image;
  const height = Math.max(1, Math.round((image.height * width) / image.width));
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const top = Math.floor((y * image.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * image.height) / height));
    for (let x = 0; x < width; x++, to += 3) {
      const left = Math.floor((x * image.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * image.width) / width));
      for (let k = 0; k < 3; k++) data[to + k] = meanOf(image, left, right, top, bottom, k);
    }
  }
  return { width, height, data };
}

function meanOf(
  { width, data }: Image,
  left: number,
  right: number,
  top: number,
  bottom: number,
  channel: number,
): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += data[(y * width + x) * 3 + channel] ?? 0;
  }
  return Math.round(sum / ((right - left) * (bottom - top)));
}
