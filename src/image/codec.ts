import { GateError, messageOf } from '../errors.ts';
import { loadSharp } from '../native.ts';
import type { Image } from './image.ts';

const MAX_PIXELS = 64e6;

let prepared = false;

function codec(): ReturnType<typeof loadSharp> {
  const sharp = loadSharp();
  if (!prepared) {
    sharp.cache(false);
    sharp.concurrency(1);
    prepared = true;
  }
  return sharp;
}

/** Decodes an image file or its bytes. */
export async function decodeImage(source: string | Uint8Array): Promise<Image> {
  try {
    const { data, info } = await codec()(source, {
      failOn: 'error',
      limitInputPixels: MAX_PIXELS,
      pages: 1,
    })
      .autoOrient()
      .flatten({ background: '#000' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return {
      width: info.width,
      height: info.height,
      data: new Uint8Array(data.buffer, data.byteOffset, data.length),
    };
  } catch (error) {
    throw new GateError(
      'image',
      { message: `the image cannot be decoded: ${messageOf(error)}` },
      { cause: error },
    );
  }
}

export async function encodePng({ width, height, data }: Image): Promise<Uint8Array> {
  return codec()(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

export async function encodeWebp(
  { width, height, data }: Image,
  quality: number,
): Promise<Uint8Array> {
  return codec()(data, { raw: { width, height, channels: 3 } })
    .webp({ quality })
    .toBuffer();
}

/** Encodes as JPEG at libjpeg's quality (1 to 100, 4:2:0, no mozjpeg tricks) and decodes again. */
export async function jpegRoundTrip(
  { width, height, data }: Image,
  quality: number,
): Promise<Image> {
  const bytes = await codec()(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:2:0', mozjpeg: false })
    .toBuffer();
  return decodeImage(bytes);
}
