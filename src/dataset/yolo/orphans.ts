import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { GateError } from '../../errors.ts';
import { labelPathOf } from './labels.ts';

/** Lists of class names that labelling tools leave among the labels. */
const NO_LABELS = new Set(['classes.txt', 'labels.txt', 'notes.txt', 'readme.txt']);

/**
 * Refuses label files whose image is not there: the images of an export are half.
 *
 * @param entries Folders of images and lists of images; a list may name a part of a folder on purpose.
 * @param images  All images found there.
 * @throws GateError naming every such label file.
 */
export async function refuseOrphans(
  entries: readonly string[],
  images: readonly { path: string }[],
): Promise<void> {
  const kinds = await Promise.all(entries.map(async (entry) => (await stat(entry)).isDirectory()));
  if (!kinds.every(Boolean)) return;
  const expected = new Set(images.map(({ path }) => labelPathOf(path)));
  const folders = new Set(
    images.flatMap(({ path }) => {
      const folder = dirname(labelPathOf(path));
      return folder === dirname(path) ? [] : [folder];
    }),
  );
  const found = await Promise.all([...folders].map(labelFiles));
  const orphans = found.flat().filter((file) => !expected.has(file));
  if (orphans.length === 0) return;
  throw new GateError(
    'dataset',
    orphans.map((file) => ({
      message: `the label file has no image: ${file}`,
      fix: 'export the data set again, or remove the label file',
    })),
  );
}

async function labelFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => extname(name) === '.txt' && !NO_LABELS.has(name.toLowerCase()))
    .map((name) => join(folder, name));
}
