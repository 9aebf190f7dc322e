import { isMainThread } from 'node:worker_threads';
import { GateError, messageOf } from '../errors.ts';
import { loadSharp } from '../native.ts';
import type { Image } from './image.ts';

const MAX_PIXELS = 25e6;

/** What decodes the formats that data sets are made of. All else that the library knows stays blocked. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Tiff'].map((format) => `VipsForeignLoad${format}`);

let prepared = false;

/** Sets the codec up for the whole process: on the main thread, before a worker decodes anything. */
export function prepareCodec(): void {
  codec();
}

function codec(): ReturnType<typeof loadSharp> {
  const sharp = loadSharp();
  // Settings are the whole process's, and the main thread decodes before any worker does: a worker that blocked
  // the loaders anew would fail what others are decoding at that moment.
  if (!prepared && isMainThread) {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    // Raw samples need no loader.
    sharp.unblock({ operation: LOADERS });
    prepared = true;
  }
  return sharp;
}

/**
 * Decodes an image: JPEG, PNG, WebP or TIFF, the first page of several.
 *
 * EXIF orientation is applied, as Ultralytics and Roboflow do; what is see-through lies on black; grey,
 * CMYK and 16-bit images become RGB of 8 bits.
 *
 * @param source A file or its bytes.
 * @throws GateError `image` when it is damaged, of another format or over 25 megapixels; it names the file.
 */
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
      data: rgb(new Uint8Array(data.buffer, data.byteOffset, data.length), info.channels),
    };
  } catch (error) {
    const reason = messageOf(error);
    const [message, fix] = reason.includes('pixel limit')
      ? [`the image has more than ${MAX_PIXELS / 1e6} megapixels`, 'make it smaller or remove it']
      : [`the image cannot be decoded: ${reason}`, 'replace or remove the image'];
    throw new GateError(
      'image',
      typeof source === 'string' ? { message, place: { file: source }, fix } : { message },
      { cause: error },
    );
  }
}

function rgb(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  return Uint8Array.from(
    { length: (data.length / channels) * 3 },
    (_, i) => data[Math.floor(i / 3) * channels]!,
  );
}

/** Encodes as PNG: lossless. */
export async function encodePng({ width, height, data }: Image): Promise<Uint8Array> {
  return codec()(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** @param quality 1 to 100, at full colour resolution. */
export async function encodeJpeg(
  { width, height, data }: Image,
  quality: number,
): Promise<Uint8Array> {
  return codec()(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** @param quality 1 to 100. */
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
    // Smaller codes cost time and change no pixel.
    .jpeg({ quality, chromaSubsampling: '4:2:0', mozjpeg: false, optimiseCoding: false })
    .toBuffer();
  const decoded = await codec()(bytes).raw().toBuffer();
  return {
    width,
    height,
    data: new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.length),
  };
}
