import type { Cover } from './blend.ts';

const FLOAT_BYTES = 4;

/** A point of an image, continuous coordinates in pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** A disc, all in pixels. */
export interface Disc extends Point {
  readonly radius: number;
}

/**
 * A straight band with soft rims.
 *
 * @param centre Of one pixel of its middle line, whole numbers being pixel centres.
 * @param across The direction across it, of length 1.
 * @param half   Half its width, pixels.
 * @param rim    Width over which it fades, pixels.
 */
export function band(
  centre: Point,
  across: Point,
  { half, rim }: { readonly half: number; readonly rim: number },
): Cover {
  return (memory, { width, height }) => {
    const at = memory.reserve(width * height * FLOAT_BYTES);
    const { x, y } = centre;
    memory.kernels.coverBand(at, width, height, x, y, across.x, across.y, half, rim);
    return at;
  };
}

/** A spot that is whole in its middle only and fades to its rim. */
export function glow({ x, y, radius }: Disc): Cover {
  return (memory, { width, height }) => {
    const at = memory.reserve(width * height * FLOAT_BYTES);
    memory.kernels.coverGlow(at, width, height, x, y, radius);
    return at;
  };
}

/** Discs: each whole inside, falling to 0 over the outer half of its squared radius; where they overlap the larger share counts. */
export function discs(all: readonly Disc[]): Cover {
  return (memory, { width, height }) => {
    const at = memory.reserve(width * height * FLOAT_BYTES);
    memory.floats(at, width * height).fill(0);
    for (const { x, y, radius } of all) {
      memory.kernels.coverDisc(at, width, height, x, y, radius);
    }
    return at;
  };
}
