import { access, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Problem } from '../errors.ts';

/** How files of other formats are recognised, and what to do about them. */
const SIGNS: readonly (readonly [sign: RegExp, fix: string, format?: string])[] = [
  [
    /^_annotations\.coco\.json$|^instances_.*\.json$/,
    'COCO labels: set dataset.format: coco',
    'coco',
  ],
  [/^_annotations\.csv$/, 'a TensorFlow CSV, which is not read: export YOLO, COCO or Pascal VOC'],
  [
    /^_annotations\.createml\.json$/,
    'CreateML, which is not read: export YOLO, COCO or Pascal VOC',
  ],
  [/^_classes\.csv$/, 'a classification export: boxes are needed'],
  [/\.tfrecord$/, 'TFRecord, which is not read: export YOLO, COCO or Pascal VOC'],
  [/\.xml$/, 'Pascal VOC labels: set dataset.format: pascal-voc', 'pascal-voc'],
  [
    /^data\.ya?ml$/,
    'a YOLO data set: set dataset.format: yolo and dataset.path to its data.yaml',
    'yolo',
  ],
];

/**
 * What the files of some folders look like when they are not what the config says.
 *
 * @param own The format that the config names: its files are no other's.
 * @returns What to do, naming the file; null when nothing is recognised.
 */
export async function otherFormat(
  folders: readonly string[],
  own: 'yolo' | 'coco' | 'pascal-voc',
): Promise<string | null> {
  for (const folder of new Set(folders)) {
    const names = (await readdir(folder).catch(() => [])).sort();
    for (const [sign, fix, format] of SIGNS) {
      if (format === own) continue;
      const name = names.find((candidate) => sign.test(candidate));
      if (name !== undefined) return `${join(folder, name)} is there: ${fix}`;
    }
  }
  return null;
}

/** Ends of label files that other formats, or other places of the same one, have. */
const FOREIGN = { yolo: ['.xml', '.json', '.txt'], 'pascal-voc': ['.txt', '.json', '.xml'] };

/**
 * A label file of another format, or at another place, where an image's own is missing.
 *
 * @param labels Where its own was looked for.
 */
export async function foreignLabels(
  image: string,
  labels: string,
  own: 'yolo' | 'pascal-voc',
): Promise<Problem[]> {
  const stem = (file: string): string => file.slice(0, file.length - extname(file).length);
  for (const end of FOREIGN[own]) {
    for (const file of [stem(labels) + end, stem(image) + end]) {
      const there = await access(file).then(
        () => true,
        () => false,
      );
      if (!there) continue;
      const elsewhere = end === extname(labels);
      return [
        {
          message: `the labels of ${image} are ${elsewhere ? 'at another place' : 'of another format'}`,
          place: { file },
          fix: `expected ${labels}: ${elsewhere ? 'move them there' : 'export the whole data set in one format'}`,
        },
      ];
    }
  }
  return [];
}
