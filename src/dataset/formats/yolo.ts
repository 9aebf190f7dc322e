import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Problem, GateError } from '../../errors.ts';
import { type Location, locate, readBounded } from '../../paths.ts';
import { assembleDataset, type ImageFile } from '../assemble.ts';
import type { Dataset, DatasetFormat } from '../dataset.ts';
import { selectionShape, withoutExcluded } from '../selection.ts';
import { listImages } from '../images.ts';
import { type DataYaml, readDataYaml, splitEntries } from '../yolo/data-yaml.ts';
import { foreignLabels, otherFormat } from '../other-format.ts';
import { labelPathOf, parseYoloLabels } from '../yolo/labels.ts';
import { refuseOrphans } from '../yolo/orphans.ts';

const yoloOptions = z.strictObject({
  format: z.literal('yolo').meta({ description: 'YOLO labels with a data.yaml.' }),
  path: z
    .string()
    .min(1)
    .meta({ description: 'The data.yaml.', examples: ['data/data.yaml'] }),
  split: z.string().min(1).default('valid').meta({
    description: 'Key of data.yaml that lists the images; `val` and `valid` are one.',
  }),
  ...selectionShape,
});

const MAX_LABEL_BYTES = 16 * 2 ** 20;

/** Ultralytics' and Roboflow's YOLO layout: data.yaml, `images/` beside `labels/`, one text file an image. */
export const yolo: DatasetFormat<typeof yoloOptions> = {
  name: 'yolo',
  title: 'YOLO (Ultralytics, Roboflow)',
  options: yoloOptions,
  async read(options, { location, cacheDirectory }): Promise<Dataset> {
    const { path, split } = options;
    const found = await locate(path, location);
    if (found.kind !== 'found') {
      throw new GateError('dataset', {
        message: `dataset.path ${found.kind === 'missing' ? 'not found' : 'leaves the workspace'}: ${path}`,
        fix: 'name the data.yaml of the data set, relative to the config file',
      });
    }
    const folder = (await stat(found.path)).isDirectory();
    if (folder) {
      const there = await locate(join(path, 'data.yaml'), location);
      throw new GateError('dataset', {
        message: `dataset.path is a folder: ${path}`,
        fix:
          there.kind === 'found'
            ? `set it to ${join(path, 'data.yaml')}`
            : ((await otherFormat([found.path], 'yolo')) ?? 'name the data.yaml of the data set'),
      });
    }
    const data = await readDataYaml(found.path);
    const at: Location = { directory: dirname(found.path), root: location.root };
    const entries = await splitEntries(data, split, found.path, at);
    const listed = await listImages(entries, at);
    await refuseOrphans(entries, listed);
    const images = withoutExcluded(listed, options);
    const files = await withLabels(images, data, at);
    const notes =
      data.keypoints === null ? [] : ['Keypoints of the labels do not count: boxes do.'];
    return assembleDataset(files, data.names, options, notes, cacheDirectory);
  },
};

async function withLabels(
  images: readonly { id: string; path: string }[],
  { names, keypoints }: DataYaml,
  location: Location,
): Promise<ImageFile[]> {
  const problems: Problem[] = [];
  const files = await Promise.all(
    images.map(async ({ id, path }): Promise<ImageFile> => {
      const labels = labelPathOf(path);
      const found = await locate(labels, location);
      if (found.kind !== 'found') {
        if (found.kind === 'outside') {
          problems.push({ message: `the label file leaves the workspace: ${labels}` });
        }
        problems.push(...(await foreignLabels(path, labels, 'yolo')));
        return { id, path, labels: null };
      }
      const text = (
        await readBounded(found.path, 'the label file', MAX_LABEL_BYTES, 'dataset')
      ).toString();
      const parsed = parseYoloLabels(text, labels, names.length, keypoints);
      problems.push(...parsed.problems);
      return { id, path, labels: parsed };
    }),
  );
  if (problems.length > 0) throw new GateError('dataset', problems);
  if (files.length > 0 && files.every(({ labels }) => labels === null)) {
    const example = labelPathOf(files[0]?.path ?? '');
    const other = await otherFormat([dirname(files[0]?.path ?? ''), dirname(example)], 'yolo');
    throw new GateError('dataset', {
      message: `none of ${files.length} images has a label file; the first was looked for at ${example}`,
      fix:
        other ??
        `put the labels into a folder labels/ beside images/ (${join('images', 'a.jpg')} -> ${join('labels', 'a.txt')})`,
    });
  }
  return files;
}
