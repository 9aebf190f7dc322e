import type { Disc } from '../../src/image/cover.ts';
import type { Image, Size } from '../../src/image/image.ts';

const f = Math.fround;
const clipped = (share: number): number => Math.max(Math.min(share, 1), 0);

function draw(
  { width, height }: Size,
  share: (column: number, row: number) => number,
): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) =>
    share(i % width, Math.floor(i / width)),
  );
}

/** `band` in plain JavaScript, as are the others their namesakes. */
export function bandPortable(
  size: Size,
  centre: { x: number; y: number },
  across: { x: number; y: number },
  { half, rim }: { half: number; rim: number },
): Float32Array {
  return draw(size, (column, row) => {
    const dx = f(f(column - f(centre.x)) * f(across.x));
    const distance = Math.abs(f(dx + f(f(row - f(centre.y)) * f(across.y))));
    return clipped(f(f(f(f(half) - distance) / f(rim)) + 0.5));
  });
}

export function glowPortable(size: Size, { x, y, radius }: Disc): Float32Array {
  return draw(size, (column, row) => {
    const dy = f(f(row + 0.5 - f(y)) / f(radius));
    const dx = f(f(column + 0.5 - f(x)) / f(radius));
    const rise = Math.max(f(f(1 - f(dy * dy)) - f(dx * dx)), 0);
    return f(rise * rise);
  });
}

export function discsPortable(size: Size, discs: readonly Disc[]): Float32Array {
  return draw(size, (column, row) =>
    Math.max(
      0,
      ...discs.map(({ x, y, radius }) => {
        const dy = f(f(row + 0.5 - f(y)) / f(radius));
        const dx = f(f(column + 0.5 - f(x)) / f(radius));
        return clipped(f(2 - f(2 * f(f(dx * dx) + f(dy * dy)))));
      }),
    ),
  );
}

export function blendPortable(
  image: Image,
  cover: Float32Array,
  colour: readonly number[],
  strength: number,
): Image {
  const data = image.data.map((sample, i) => {
    const share = f(cover[Math.floor(i / 3)]! * f(strength));
    return towards(sample, colour[i % 3]!, share);
  });
  return { ...image, data };
}

export function blendImagePortable(image: Image, over: Image, cover: Float32Array): Image {
  const data = image.data.map((sample, i) =>
    towards(sample, over.data[i]!, cover[Math.floor(i / 3)]!),
  );
  return { ...image, data };
}

function towards(sample: number, other: number, share: number): number {
  return f(f(sample + f((other - sample) * share)) + 0.5);
}
