import type { Image, Size } from '../../src/image/image.ts';

/** An image whose every pixel is another's. */
function gather(image: Image, size: Size, from: (x: number, y: number) => number): Image {
  const data = Uint8Array.from({ length: size.width * size.height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const source = from(pixel % size.width, Math.floor(pixel / size.width));
    return image.data[3 * source + (i % 3)]!;
  });
  return { ...size, data };
}

/** `flipAcross` in plain JavaScript. */
export function flipAcrossPortable(image: Image): Image {
  const { width, height } = image;
  return gather(image, { width, height }, (x, y) => y * width + width - 1 - x);
}

/** `turnClockwise` in plain JavaScript. */
export function turnClockwisePortable(image: Image): Image {
  const { width, height } = image;
  return gather(image, { width: height, height: width }, (x, y) => (height - 1 - x) * width + y);
}
