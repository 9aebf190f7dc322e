import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { GateError, type Problem } from '../../errors.ts';
import { type Location, locate } from '../../paths.ts';
import { assembleDataset, type ImageFile } from '../assemble.ts';
import { type CocoInstances, readInstances } from '../coco/annotations.ts';
import type { Dataset, DatasetFormat } from '../dataset.ts';
import { namedPath, splitNames } from '../folders.ts';
import { listImages } from '../images.ts';
import { otherFormat } from '../other-format.ts';
import { selectionShape, withoutExcluded } from '../selection.ts';

const cocoOptions = z.strictObject({
  format: z
    .literal('coco')
    .meta({ description: 'COCO instances JSON, Roboflow’s `_annotations.coco.json` too.' }),
  path: z
    .string()
    .min(1)
    .meta({
      description: 'The instances JSON, or the folder of a Roboflow export.',
      examples: ['data/annotations/instances_val2017.json', 'data'],
    }),
  images: z
    .string()
    .min(1)
    .optional()
    .meta({
      description: 'Folder that `file_name` is relative to. Without it: the JSON’s own.',
      examples: ['data/val2017'],
    }),
  split: z.string().min(1).default('valid').meta({
    description: 'Folder of the split, where `path` is a folder; `val` and `valid` are one.',
  }),
  ...selectionShape,
});

/** Roboflow's name for a split's labels. */
const ROBOFLOW_FILE = '_annotations.coco.json';

/** COCO: one JSON for all images, with crowd regions, areas and polygons. */
export const coco: DatasetFormat<typeof cocoOptions> = {
  name: 'coco',
  title: 'COCO instances (Roboflow too)',
  options: cocoOptions,
  async read(options, { location, cacheDirectory }): Promise<Dataset> {
    const named = await namedPath(
      options.path,
      'dataset.path',
      'the instances JSON or the folder of an export',
      location,
    );
    const json = named.folder
      ? await annotationsOf(named.path, options.split, location)
      : named.path;
    const folder =
      options.images === undefined
        ? dirname(json)
        : (await namedPath(options.images, 'dataset.images', 'the folder of the images', location))
            .path;
    const instances = await readInstances(json);
    const files = await imageFiles(instances, folder, location, options);
    const unnamed = await unnamedImages(instances, folder, location);
    const notes = [...instances.notes, ...unnamed];
    return assembleDataset(files, instances.classes, options, notes, cacheDirectory);
  },
};

async function annotationsOf(folder: string, split: string, location: Location): Promise<string> {
  for (const name of splitNames(split)) {
    const found = await locate(resolve(folder, name, ROBOFLOW_FILE), location);
    if (found.kind === 'found') return found.path;
  }
  const candidates = [resolve(folder, split), folder];
  const here = await locate(resolve(folder, ROBOFLOW_FILE), location);
  throw new GateError('dataset', {
    message: `no ${join(split, ROBOFLOW_FILE)} in ${folder}`,
    fix:
      here.kind === 'found'
        ? `set dataset.path to the ${ROBOFLOW_FILE} in it, or to the folder above`
        : ((await otherFormat(candidates, 'coco')) ??
          'set dataset.path to the instances JSON, or dataset.split to a folder of the export'),
  });
}

async function imageFiles(
  { images }: CocoInstances,
  folder: string,
  location: Location,
  options: z.infer<typeof cocoOptions>,
): Promise<ImageFile[]> {
  if (images.length === 0) throw new GateError('dataset', { message: 'the JSON lists no image' });
  const wanted = withoutExcluded(
    images.map((image) => ({ ...image, id: image.fileName })),
    options,
  );
  const problems: Problem[] = [];
  const at = { directory: folder, root: location.root };
  const files = await Promise.all(
    wanted.map(async ({ id, labels }): Promise<ImageFile | null> => {
      const found = await locate(id, at);
      if (found.kind === 'found') return { id, path: found.path, labels };
      const what = found.kind === 'missing' ? 'is not there' : 'leaves the workspace';
      problems.push({
        message: `image ${what}: ${join(folder, id)}`,
        fix: 'file_name is relative to dataset.images, or to the folder of the JSON; an export that is half needs to be made again',
      });
      return null;
    }),
  );
  if (problems.length > 0) throw new GateError('dataset', problems);
  return files.filter((file) => file !== null);
}

/** Images that lie there and that the JSON does not list say nothing: they may be another split's. */
async function unnamedImages(
  { images }: CocoInstances,
  folder: string,
  location: Location,
): Promise<string[]> {
  const at = { directory: folder, root: location.root };
  const names = new Set(images.map(({ fileName }) => fileName));
  const there = await listImages([folder], at);
  const others = there.filter(({ id }) => !names.has(id));
  return others.length > 0
    ? [
        `${others.length} image${others.length === 1 ? '' : 's'} in the folder that the JSON does not list ${others.length === 1 ? 'is' : 'are'} left out (first: ${others[0]?.id}).`,
      ]
    : [];
}
