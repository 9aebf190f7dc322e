import { Buffer } from 'node:buffer';
import sharp from 'sharp';

/** A JPEG of one colour with a darker square, different for every `seed`. */
export async function jpeg(seed: number, width = 64, height = 48): Promise<Uint8Array> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < pixels.length; i++) {
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    const square = x > 10 && x < 30 && y > 10 && y < 30;
    pixels[i] = square ? (40 + seed * 7) % 256 : (160 + seed * 31 + (i % 3) * 20) % 256;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

export const dataYaml = 'val: images/val\nnames: [Person, Hardhat]\n';

/** Files of a small YOLO data set: `count` images of 64 x 48 with one Person each. */
export async function yoloFiles(count: number): Promise<Record<string, string | Uint8Array>> {
  const files: Record<string, string | Uint8Array> = { 'data.yaml': dataYaml };
  for (let i = 0; i < count; i++) {
    files[`images/val/${i}.jpg`] = await jpeg(i);
    files[`labels/val/${i}.txt`] = `0 0.3125 0.4375 0.3 0.4\n`;
  }
  return files;
}
