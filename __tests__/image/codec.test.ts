import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { decodeImage, encodePng, encodeWebp, jpegRoundTrip } from '../../src/image/codec.ts';
import { gateErrorOf } from '../helpers/errors.ts';
import { temporaryDirectory } from '../helpers/tmp.ts';

const red = { r: 200, g: 30, b: 10 };
const picture = (channels: 3 | 4 = 3): Sharp =>
  sharp({ create: { width: 4, height: 2, channels, background: { ...red, alpha: 0.5 } } });

async function firstPixel(bytes: Uint8Array): Promise<number[]> {
  return [...(await decodeImage(bytes)).data.subarray(0, 3)];
}

describe('decodeImage', () => {
  it('gives RGB of 8 bits', async () => {
    const image = await decodeImage(await picture().png().toBuffer());
    expect([image.width, image.height, ...image.data.subarray(0, 3)]).toEqual([4, 2, 200, 30, 10]);
    expect(image.data).toHaveLength(24);
  });

  it('applies the EXIF orientation', async () => {
    const bytes = await picture().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { width, height } = await decodeImage(bytes);
    expect([width, height]).toEqual([2, 4]);
  });

  it('lays what is see-through on black', async () => {
    const [r = 0] = await firstPixel(await picture(4).png().toBuffer());
    expect(Math.abs(r - 100)).toBeLessThanOrEqual(1);
  });

  it.each([
    ['PNG', (): Promise<Buffer> => picture().toColourspace('b-w').png().toBuffer()],
    ['JPEG', (): Promise<Buffer> => picture().toColourspace('b-w').jpeg().toBuffer()],
  ])('makes a grey %s RGB', async (_, bytes) => {
    const image = await decodeImage(await bytes());
    expect(image.data).toHaveLength(24);
    const [r, g, b] = image.data;
    expect([g, b]).toEqual([r, r]);
  });

  it('takes the upper 8 bits of 16', async () => {
    const bytes = await picture().toColourspace('rgb16').png().toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expect(await firstPixel(bytes)).toEqual([200, 30, 10]);
  });

  it('makes CMYK RGB', async () => {
    const bytes = await picture().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    const image = await decodeImage(bytes);
    expect(image.data).toHaveLength(24);
    expect(image.data[0]).toBeGreaterThan(150);
    expect(image.data[1]).toBeLessThan(80);
  });

  it('takes the first frame of an animated WebP', async () => {
    const frames = Buffer.concat([Buffer.alloc(24, 200), Buffer.alloc(24, 20)]);
    const bytes = await sharp(frames, { raw: { width: 4, height: 4, channels: 3, pageHeight: 2 } })
      .webp({ lossless: true, delay: [100, 100] })
      .toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    const image = await decodeImage(bytes);
    expect([image.width, image.height, ...new Set(image.data)]).toEqual([4, 2, 200]);
  });

  it('refuses 50 megapixels by name, before it has room for them', async () => {
    const file = join(await temporaryDirectory(), 'large.png');
    await sharp({ create: { width: 8192, height: 6144, channels: 3, background: red } })
      .png({ compressionLevel: 1 })
      .toFile(file);
    expect(await gateErrorOf(() => decodeImage(file))).toMatch(
      /large\.png\n {2}the image has more than 25 megapixels/,
    );
  });

  it.each([
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')],
    ['a GIF', () => picture().gif().toBuffer()],
    [
      'half a JPEG',
      async () => (await picture().resize(300, 300).jpeg().toBuffer()).subarray(0, 700),
    ],
    ['nothing', () => new Uint8Array()],
    ['text', () => Buffer.from('not an image')],
  ])('refuses %s', async (_, bytes) => {
    const given = await bytes();
    expect(await gateErrorOf(() => decodeImage(given))).toMatch(/^the image cannot be decoded: ./);
  });

  it('names the file that is damaged', async () => {
    const file = join(await temporaryDirectory(), 'bad.jpg');
    await writeFile(file, 'not an image');
    expect(await gateErrorOf(() => decodeImage(file))).toMatch(
      /bad\.jpg\n {2}the image cannot be decoded: .*\n {2}fix: replace or remove the image$/,
    );
  });
});

describe('encoding', () => {
  const image = {
    width: 5,
    height: 3,
    data: Uint8Array.from({ length: 45 }, (_, i) => (i * 37) % 256),
  };

  it('loses nothing as PNG', async () => {
    expect(await decodeImage(await encodePng(image))).toEqual(image);
  });

  it('keeps the size as WebP and through JPEG', async () => {
    for (const changed of [
      await decodeImage(await encodeWebp(image, 80)),
      await jpegRoundTrip(image, 20),
    ]) {
      expect([changed.width, changed.height, changed.data.length]).toEqual([5, 3, 45]);
    }
  });
});
