import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { GateError, type Problem } from '../errors.ts';
import { type Location, locate } from '../paths.ts';

const EXTENSIONS = new Set([
  '.jpg',
  '.jpeg',
  '.png',
  '.webp',
  '.tif',
  '.tiff',
  '.bmp',
  '.gif',
  '.avif',
]);

/**
 * Image files of folders (searched deeply) and of list files (one path a line), each once, sorted by path.
 *
 * @param entries  Absolute paths that exist.
 * @param location The data set's folder: ids are relative to it, and no image may leave its root.
 * @throws GateError when a listed image is missing or there is none at all.
 */
export async function listImages(
  entries: readonly string[],
  location: Location,
): Promise<{ id: string; path: string }[]> {
  const lists = await Promise.all(
    entries.map(async (entry) =>
      (await stat(entry)).isDirectory() ? imagesOfFolder(entry) : imagesOfList(entry),
    ),
  );
  const problems: Problem[] = [];
  const found = await Promise.all(
    [...new Set(lists.flat())].map(async (path) => {
      const result = await locate(path, location);
      if (result.kind === 'found') return { id: idOf(path, location.directory), path };
      const what = result.kind === 'missing' ? 'is not there' : 'leaves the workspace';
      problems.push({ message: `image ${what}: ${path}` });
      return null;
    }),
  );
  if (problems.length > 0) throw new GateError('dataset', problems);
  const images = found.filter((image) => image !== null);
  if (images.length === 0) {
    throw new GateError('dataset', {
      message: `no image in ${entries.join(', ')}`,
      fix: `images end in ${[...EXTENSIONS].join(' ')}`,
    });
  }
  return images.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function imagesOfFolder(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => !entry.isDirectory() && EXTENSIONS.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function imagesOfList(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => (line.startsWith(sep) ? line : join(dirname(file), line)));
}

function idOf(path: string, directory: string): string {
  return relative(directory, path).split(sep).join('/');
}
