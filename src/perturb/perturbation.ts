import type { z } from 'zod';
import type { Image, Size } from '../image/image.ts';
import type { Warp } from '../boxes/warp.ts';
import type { Random } from '../image/random.ts';

export const families = [
  'noise',
  'blur',
  'weather',
  'lighting',
  'digital',
  'geometry',
  'occlusion',
] as const;
export type Family = (typeof families)[number];

/** One way in which a camera or the world changes a picture. */
export interface Perturbation<Params = unknown> {
  /** snake_case, the benchmark's own name where it has one. */
  readonly name: string;
  readonly title: string;
  readonly family: Family;
  /** What it simulates, in a few words. */
  readonly simulates: string;
  /** Where the method and its strengths come from. */
  readonly source: { readonly paper: string; readonly reference: string };
  /** Raised when the same params give other pixels or boxes: runs of different versions are not compared. */
  readonly version: number;
  readonly params: z.ZodType<Params>;
  /** Params for severity 1 to 5, or a single entry for what has no strength (a flip). */
  readonly severities: readonly Params[];
  /**
   * The changed picture. The input is not modified; nothing but the arguments decides the result.
   *
   * @param random Keyed to this image and condition, read by index and so without state.
   */
  apply(image: Image, params: Params, random: Random): Image | Promise<Image>;
  /** How points move; absent where they stay. Draws the same values as `apply` does. */
  warp?(size: Size, params: Params, random: Random): Warp;
}
