import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetsFolder } from '../dataset/dataset.ts';
import { isInside } from '../paths.ts';

/** Room for about 25 runs of 5,000 images under 60 conditions; GitHub keeps 10 GB of caches for a repository. */
export const CACHE_BYTES = 4 * 2 ** 30;

/** Notes that a cached file was of use just now. One that is gone meanwhile is no matter. */
export async function markUsed(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
}

/**
 * Removes what was not of use for longest until the cache is within its bound.
 *
 * @param directory The cache; none is fine.
 * @param bytes     The bound.
 */
export async function pruneCache(directory: string, bytes: number): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const files = await Promise.all(
    entries
      // A data set of which a part is gone is none.
      .filter((entry) => entry.isFile() && !isInside(entry.parentPath, datasetsFolder(directory)))
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        const info = await stat(path).catch(() => null);
        return { path, size: info?.size ?? 0, used: info?.mtimeMs ?? 0 };
      }),
  );
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files.toSorted((a, b) => a.used - b.used)) {
    if (total <= bytes) break;
    await rm(path, { force: true });
    total -= size;
  }
}
