import { join } from 'node:path';
import { z } from 'zod';
import { contentKey } from '../content-key.ts';
import type { Size } from '../image/image.ts';
import { readMemo, writeMemo } from '../memo.ts';
import { TOOL_VERSION } from '../version.ts';

const Sizes = z.record(z.string(), z.tuple([z.int().min(1), z.int().min(1)]));

/** Sizes of images that were decoded whole before, by the SHA-256 of their file. */
export type KnownSizes = ReadonlyMap<string, Size>;

/**
 * Where the sizes of a data set's images are kept.
 *
 * @param ids Of all its images.
 */
export function sizesFile(cacheDirectory: string, ids: readonly string[]): string {
  return join(cacheDirectory, 'sizes', `${contentKey([TOOL_VERSION, ids]).slice(0, 32)}.json`);
}

/** Reads what is known of a data set's images: nothing where the file is missing or damaged. */
export async function readSizes(file: string): Promise<KnownSizes> {
  const kept = (await readMemo(file, Sizes)) ?? {};
  return new Map(
    Object.entries(kept).map(([digest, [width, height]]) => [digest, { width, height }]),
  );
}

/** Keeps the sizes of a data set's images. */
export async function writeSizes(
  file: string,
  samples: readonly (Size & { readonly digest: string })[],
): Promise<void> {
  await writeMemo(
    file,
    Object.fromEntries(samples.map(({ digest, width, height }) => [digest, [width, height]])),
  );
}
