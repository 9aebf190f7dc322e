import { z } from 'zod';
import { GateError, messageOf, type Problem } from '../../errors.ts';
import { readBounded } from '../../paths.ts';
import type { ImageLabels, LabelledObject } from '../dataset.ts';

const MAX_BYTES = 2 ** 30 - 1;
/** Of a file with more problems the first ones are told. */
const MOST_PROBLEMS = 20;

const id = z.union([z.int(), z.string()], { error: 'must be a whole number or a text' });
const listed = { error: 'must be a list' };

const pixels = z.number({ error: 'must be a number' }).positive({ error: 'must be more than 0' });

const Instances = z.looseObject({
  images: z.array(
    z.looseObject({
      id,
      file_name: z.string().min(1),
      width: pixels,
      height: pixels,
    }),
    listed,
  ),
  categories: z.array(
    z.looseObject({ id, name: z.string().min(1), supercategory: z.string().nullish() }),
    listed,
  ),
  annotations: z.array(
    z.looseObject({
      image_id: id,
      category_id: id,
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()], {
        error: 'must be [x, y, width, height]',
      }),
      area: z.number().min(0, { error: 'must be 0 or more' }).nullish(),
      iscrowd: z
        .union([z.literal(0), z.literal(1), z.boolean()], { error: 'must be 0 or 1' })
        .nullish(),
      segmentation: z.unknown().optional(),
    }),
    listed,
  ),
});

type Annotation = z.infer<typeof Instances>['annotations'][number];
type Category = z.infer<typeof Instances>['categories'][number];

/** An instances file: images by name, objects in pixels. */
export interface CocoInstances {
  /** In the order of the category ids. */
  readonly classes: readonly string[];
  readonly images: readonly { readonly fileName: string; readonly labels: ImageLabels }[];
  readonly notes: readonly string[];
}

/**
 * Reads a COCO instances file. A category that is only the parent of others and has no object (Roboflow
 * writes one as number 0) is left out; a mask that is no polygon counts as its box.
 *
 * @throws GateError naming file, entry and key of everything that is not as it should be.
 */
export async function readInstances(file: string): Promise<CocoInstances> {
  const { images, categories: all, annotations } = await parse(file);
  const used = new Set(annotations.map(({ category_id }) => category_id));
  const categories = all.filter((category) => used.has(category.id) || !isParent(category, all));
  categories.sort((a, b) => (a.id < b.id ? -1 : 1));
  const problems = [
    ...doubles(images, 'id', 'images', file),
    ...doubles(images, 'file_name', 'images', file),
    ...doubles(all, 'id', 'categories', file),
    ...doubles(categories, 'name', 'categories', file),
    ...strangers(annotations, images, all, file),
  ];
  if (categories.length === 0) {
    problems.push({ message: 'no class is named', place: { file, key: 'categories' } });
  }
  if (problems.length > 0) throw new GateError('dataset', problems.slice(0, MOST_PROBLEMS));
  const classOf = new Map(categories.map((category, index) => [category.id, index]));
  const objects = new Map<string | number, LabelledObject[]>();
  const empty = new Map<string | number, number>();
  for (const [index, annotation] of annotations.entries()) {
    const { image_id: image, bbox } = annotation;
    if (bbox[2] > 0 && bbox[3] > 0) {
      const list = objects.get(image) ?? [];
      const place = { file, key: `annotations[${index}]` };
      list.push({ ...objectOf(annotation, classOf.get(annotation.category_id)!), place });
      objects.set(image, list);
    } else empty.set(image, (empty.get(image) ?? 0) + 1);
  }
  const left = all.filter((category) => !categories.includes(category));
  return {
    classes: categories.map(({ name }) => name),
    images: images.map((image) => ({
      fileName: image.file_name,
      labels: {
        unit: 'pixel',
        size: { width: image.width, height: image.height },
        objects: objects.get(image.id) ?? [],
        doubles: 0,
        empty: empty.get(image.id) ?? 0,
      },
    })),
    notes:
      left.length > 0
        ? [
            `Categories that are only the parents of others are left out: ${left.map(({ name }) => name).join(', ')}.`,
          ]
        : [],
  };
}

function isParent({ name }: Category, all: readonly Category[]): boolean {
  return all.some((other) => other.name !== name && other.supercategory === name);
}

function objectOf({ bbox, area, iscrowd, segmentation }: Annotation, of: number): LabelledObject {
  const [x, y, width, height] = bbox;
  return {
    class: of,
    box: [x, y, x + width, y + height],
    polygon: polygonOf(segmentation),
    ...(typeof area === 'number' ? { area } : {}),
    ...(iscrowd === 1 || iscrowd === true ? { crowd: true } : {}),
  };
}

/** All points of an object's polygons, null where it has a mask or nothing. */
function polygonOf(segmentation: unknown): number[] | null {
  const parsed = z.array(z.array(z.number()).min(6)).min(1).safeParse(segmentation);
  if (!parsed.success || parsed.data.some(({ length }) => length % 2 === 1)) return null;
  return parsed.data.flat();
}

function doubles<K extends string>(
  entries: readonly { readonly [key in K]: string | number }[],
  key: K,
  list: string,
  file: string,
): Problem[] {
  const seen = new Set<string | number>();
  return entries.flatMap((entry, i) => {
    const value = entry[key];
    const twice = seen.has(value);
    seen.add(value);
    return twice
      ? [{ message: `${key} ${value} is used twice`, place: { file, key: `${list}[${i}]` } }]
      : [];
  });
}

function strangers(
  annotations: readonly Annotation[],
  images: readonly { id: string | number }[],
  categories: readonly Category[],
  file: string,
): Problem[] {
  const [imageIds, categoryIds] = [images, categories].map(
    (list) => new Set(list.map((entry) => entry.id)),
  );
  return annotations.flatMap(({ image_id, category_id }, i) => {
    const place = { file, key: `annotations[${i}]` };
    return [
      ...(imageIds?.has(image_id)
        ? []
        : [{ place, message: `image_id ${image_id} is not among the images` }]),
      ...(categoryIds?.has(category_id)
        ? []
        : [{ place, message: `category_id ${category_id} is not among the categories` }]),
    ];
  });
}

async function parse(file: string): Promise<z.infer<typeof Instances>> {
  const text = (await readBounded(file, 'the annotations', MAX_BYTES, 'dataset')).toString();
  const expected = 'a COCO instances file has images, categories and annotations';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const [message, line] = jsonProblem(messageOf(error), text);
    throw new GateError(
      'dataset',
      { message, place: { file, ...(line === null ? {} : { line }) }, fix: expected },
      { cause: error },
    );
  }
  const result = Instances.safeParse(value);
  if (result.success) return result.data;
  if (Array.isArray(value)) {
    throw new GateError('dataset', {
      message: 'a list: those are detections in COCO’s results format, or something else',
      place: { file },
      fix: `${expected}; detections belong to the predictor detections-file`,
    });
  }
  throw new GateError(
    'dataset',
    result.error.issues.slice(0, MOST_PROBLEMS).map(({ message, path }) => ({
      message,
      place: { file, key: path.join('.') },
      fix: expected,
    })),
  );
}

/** What is wrong with the JSON and on which line. The text is not quoted: a link may lead to a secret. */
function jsonProblem(reason: string, text: string): [message: string, line: number | null] {
  const position = /at position (\d+)/.exec(reason)?.[1];
  if (position === undefined) {
    return /end of JSON/.test(reason)
      ? ['not JSON: it ends in the middle', text.split('\n').length]
      : ['not JSON', null];
  }
  return ['not JSON', text.slice(0, Number(position)).split('\n').length];
}
