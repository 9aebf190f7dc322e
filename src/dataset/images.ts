import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { GateError, type Problem } from '../errors.ts';
import { type Location, locate, readBounded } from '../paths.ts';

const MAX_LIST_BYTES = 32 * 2 ** 20;

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
      (await stat(entry)).isDirectory() ? imagesOfFolder(entry) : imagesOfList(entry, location),
    ),
  );
  const problems: Problem[] = [];
  const found = await Promise.all(
    [...new Set(lists.flat())].map(async (path) => {
      const result = await locate(path, location);
      if (result.kind === 'found') return { id: idOf(path, location.directory), path };
      const what = result.kind === 'missing' ? 'is not there' : 'leaves the workspace';
      problems.push({
        message: `image ${what}: ${path}`,
        fix: 'get the whole data set; lines of a list are relative to it, or to the folder of data.yaml',
      });
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

/** Lines are relative to the list; where the first is not there, to the data set's folder, as Darknet has them. */
async function imagesOfList(file: string, { directory }: Location): Promise<string[]> {
  if (extname(file) !== '.txt') {
    throw new GateError('dataset', {
      message: 'neither a folder nor a list of images (.txt)',
      place: { file },
    });
  }
  const text = (
    await readBounded(file, 'the list of images', MAX_LIST_BYTES, 'dataset')
  ).toString();
  const lines = text.split(/\r?\n/).flatMap((raw, index) => {
    const line = raw.trim();
    if (line === '') return [];
    // The line is not quoted: the list may be a link to something that is nobody's business.
    if (!EXTENSIONS.has(extname(line).toLowerCase())) {
      throw new GateError('dataset', {
        message: 'not the path of an image',
        place: { file, line: index + 1 },
        fix: `images end in ${[...EXTENSIONS].join(' ')}`,
      });
    }
    return [line];
  });
  const isIn = async (folder: string): Promise<boolean> =>
    (await stat(resolve(folder, lines[0] ?? '')).catch(() => null)) !== null;
  const folder =
    !(await isIn(dirname(file))) && (await isIn(directory)) ? directory : dirname(file);
  return lines.map((line) => resolve(folder, line));
}

function idOf(path: string, directory: string): string {
  return relative(directory, path).split(sep).join('/');
}
