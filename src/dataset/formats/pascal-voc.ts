import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { GateError, type Problem } from '../../errors.ts';
import { type Location, locate, readBounded } from '../../paths.ts';
import { assembleDataset, type ImageFile } from '../assemble.ts';
import type { Dataset, DatasetFormat } from '../dataset.ts';
import { namedPath, splitNames } from '../folders.ts';
import { listImages } from '../images.ts';
import { foreignLabels, otherFormat } from '../other-format.ts';
import { selectionShape, withoutExcluded } from '../selection.ts';
import { parseAnnotation, type VocAnnotation } from '../voc/annotation.ts';

const vocOptions = z.strictObject({
  format: z
    .literal('pascal-voc')
    .meta({ description: 'Pascal VOC: an XML file an image, Roboflow’s export too.' }),
  path: z
    .string()
    .min(1)
    .meta({
      description:
        'Folder with Annotations/, JPEGImages/ and ImageSets/Main/, or with a folder for each split.',
      examples: ['data/VOCdevkit/VOC2012', 'data'],
    }),
  split: z.string().min(1).default('valid').meta({
    description: 'List in ImageSets/Main/, or folder of the split; `val` and `valid` are one.',
  }),
  ...selectionShape,
});

const MAX_BYTES = 16 * 2 ** 20;

/** An image and where its XML is looked for. */
interface Pair {
  readonly id: string;
  readonly path: string;
  readonly xml: string;
}

/** Pascal VOC's development kit, and folders in which each image has its XML beside it. */
export const pascalVoc: DatasetFormat<typeof vocOptions> = {
  name: 'pascal-voc',
  title: 'Pascal VOC (Roboflow too)',
  options: vocOptions,
  async read(options, { location, cacheDirectory }): Promise<Dataset> {
    const what = 'the folder of the data set';
    const named = await namedPath(options.path, 'dataset.path', what, location);
    if (!named.folder) {
      throw new GateError('dataset', {
        message: `dataset.path is not a folder: ${options.path}`,
        fix: `name ${what}`,
      });
    }
    const at: Location = { directory: named.path, root: location.root };
    const pairs = withoutExcluded(await pairsOf(options.split, at), options);
    const read = await readAll(pairs, at);
    const names = [
      ...new Set(read.flatMap(({ annotation }) => annotation?.objects ?? []).map((o) => o.name)),
    ].sort();
    const files = read.map(({ pair: { id, path }, annotation }): ImageFile => ({
      id,
      path,
      labels: annotation && {
        unit: 'pixel',
        size: annotation.size,
        objects: annotation.objects.map((object) => ({
          ...object,
          class: names.indexOf(object.name),
        })),
        doubles: 0,
        empty: annotation.empty,
      },
    }));
    return assembleDataset(files, names, options, [], cacheDirectory);
  },
};

async function pairsOf(split: string, at: Location): Promise<Pair[]> {
  for (const name of splitNames(split)) {
    const list = await locate(join('ImageSets', 'Main', `${name}.txt`), at);
    if (list.kind === 'found') return pairsOfList(list.path, at);
    const folder = await locate(name, at);
    if (folder.kind === 'found') return pairsOfFolder(folder.path, at);
  }
  throw new GateError('dataset', {
    message: `no split "${split}" in ${at.directory}: neither ImageSets/Main/${split}.txt nor a folder of that name`,
    fix: (await otherFormat([at.directory], 'pascal-voc')) ?? (await layoutHint(at.directory)),
  });
}

/** What to do about a folder without the split. */
async function layoutHint(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && extname(entry.name) === '.xml')) {
    return `the images lie in it: set dataset.path to the folder above, and dataset.split: ${basename(folder)}`;
  }
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const there = folders.map(({ name }) => name).join(', ') || 'none';
  return `set dataset.split to a list of ImageSets/Main/, or to a folder whose images have their XML beside them (folders: ${there})`;
}

async function pairsOfList(list: string, at: Location): Promise<Pair[]> {
  const text = (await readBounded(list, 'the list of images', MAX_BYTES, 'dataset')).toString();
  const stems = text.split(/\r?\n/).flatMap((line, index) => {
    // The second column of a class's list is not wanted; the line is not quoted: the list may be a link.
    const [stem = ''] = line.trim().split(/\s+/);
    if (/^[\w.-]*$/.test(stem)) return stem === '' ? [] : [stem];
    throw new GateError('dataset', {
      message: 'not the name of an image',
      place: { file: list, line: index + 1 },
    });
  });
  const folder = await namedPath('JPEGImages', 'JPEGImages', 'the folder of the images', at);
  const images = new Map(
    (await listImages([folder.path], at)).map((image) => [stemOf(image.path), image]),
  );
  const missing = stems.filter((stem) => !images.has(stem));
  if (missing.length > 0) {
    throw new GateError(
      'dataset',
      missing.map((stem) => ({
        message: `image is not there: ${join(folder.path, stem)}.jpg`,
        place: { file: list },
        fix: 'get the whole data set',
      })),
    );
  }
  return stems.map((stem) => ({
    ...images.get(stem)!,
    xml: resolve(at.directory, 'Annotations', `${stem}.xml`),
  }));
}

async function pairsOfFolder(folder: string, at: Location): Promise<Pair[]> {
  const images = await listImages([folder], at);
  const pairs = images.map((image) => ({
    ...image,
    xml: join(dirname(image.path), `${stemOf(image.path)}.xml`),
  }));
  const expected = new Set(pairs.map(({ xml }) => xml));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const orphans = entries
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => extname(file) === '.xml' && !expected.has(file));
  if (orphans.length > 0) {
    throw new GateError(
      'dataset',
      orphans.map((file) => ({
        message: `the label file has no image: ${relative(at.directory, file).split(sep).join('/')}`,
        fix: 'export the data set again, or remove the label file',
      })),
    );
  }
  return pairs;
}

async function readAll(
  pairs: readonly Pair[],
  at: Location,
): Promise<{ pair: Pair; annotation: VocAnnotation | null }[]> {
  const problems: Problem[] = [];
  const read = await Promise.all(
    pairs.map(async (pair) => {
      const found = await locate(pair.xml, at);
      if (found.kind === 'outside') {
        problems.push({ message: `the label file leaves the workspace: ${pair.xml}` });
      }
      if (found.kind !== 'found') {
        problems.push(...(await foreignLabels(pair.path, pair.xml, 'pascal-voc')));
        return { pair, annotation: null };
      }
      const bytes = await readBounded(found.path, 'the label file', MAX_BYTES, 'dataset');
      const annotation = parseAnnotation(bytes.toString(), pair.xml);
      problems.push(...annotation.problems);
      return { pair, annotation };
    }),
  );
  if (problems.length > 0) throw new GateError('dataset', problems);
  if (read.every(({ annotation }) => annotation === null)) {
    const first = pairs[0]?.xml ?? '';
    throw new GateError('dataset', {
      message: `none of ${pairs.length} images has a label file; the first was looked for at ${first}`,
      fix:
        (await otherFormat([dirname(first), at.directory], 'pascal-voc')) ??
        'put the XML files there',
    });
  }
  return read;
}

function stemOf(path: string): string {
  return basename(path, extname(path));
}
