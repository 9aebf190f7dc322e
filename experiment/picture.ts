import { Buffer } from 'node:buffer';
import { decodeImage, encodeWebp } from '../src/image/codec.ts';
import type { Image } from '../src/image/image.ts';
import type { FailurePicture, Picture, PictureBox } from '../src/report/report.ts';

/** Pixels between the two images. */
const GAP = 8;
const QUALITY = 60;

type Color = readonly [red: number, green: number, blue: number];

const COLORS: Readonly<Record<PictureBox['kind'], Color>> = {
  found: [63, 185, 80],
  lost: [248, 81, 73],
  truth: [210, 153, 34],
  missed: [210, 153, 34],
  ghost: [163, 113, 247],
  moved: [163, 113, 247],
  renamed: [163, 113, 247],
};

/**
 * Original and changed image side by side with their boxes: green found, red found on the original and missed here,
 * yellow never found, violet false.
 *
 * @returns A WebP file.
 */
export async function drawExample({ original, changed }: FailurePicture): Promise<Uint8Array> {
  const [left, right] = [await withBoxes(original), await withBoxes(changed)];
  const width = left.width + GAP + right.width;
  const height = Math.max(left.height, right.height);
  const data = new Uint8Array(3 * width * height).fill(255);
  for (const [image, at] of [
    [left, 0],
    [right, left.width + GAP],
  ] as const) {
    for (let y = 0; y < image.height; y++) {
      const row = image.data.subarray(3 * y * image.width, 3 * (y + 1) * image.width);
      data.set(row, 3 * (y * width + at));
    }
  }
  return encodeWebp({ width, height, data }, QUALITY);
}

/** With the boxes of the last model: the candidate. */
async function withBoxes({ webp, width, models }: Picture): Promise<Image> {
  const image = halved(await decodeImage(Buffer.from(webp, 'base64')));
  const scale = image.width / width;
  for (const { kind, box } of models.at(-1) ?? []) {
    const [x1, y1, x2, y2] = box.map((value) => Math.round(value * scale));
    for (let inset = 0; inset < (kind === 'lost' ? 3 : 2); inset++) {
      outline(image, [x1! + inset, y1! + inset, x2! - 1 - inset, y2! - 1 - inset], COLORS[kind]);
    }
  }
  return image;
}

/** Half the size, small enough for a page: each pixel the mean of four. */
function halved({ width, height, data }: Image): Image {
  const [wide, high] = [width >> 1, height >> 1];
  const half = new Uint8Array(3 * wide * high);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      for (let k = 0; k < 3; k++) {
        const at = 3 * (2 * y * width + 2 * x) + k;
        const below = at + 3 * width;
        const sum = data[at]! + data[at + 3]! + data[below]! + data[below + 3]!;
        half[3 * (y * wide + x) + k] = (sum + 2) >> 2;
      }
    }
  }
  return { width: wide, height: high, data: half };
}

function outline(
  { width, height, data }: Image,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  color: Color,
): void {
  const dot = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) data.set(color, 3 * (y * width + x));
  };
  for (let x = x1; x <= x2; x++) [y1, y2].forEach((y) => dot(x, y));
  for (let y = y1; y <= y2; y++) [x1, x2].forEach((x) => dot(x, y));
}
