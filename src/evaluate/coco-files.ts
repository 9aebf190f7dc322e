import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { explainIssue } from '../config/explain.ts';
import { GateError, messageOf, type Problem } from '../errors.ts';

/** Of a file with more problems the first ones are told. */
const MOST_PROBLEMS = 20;

const id = z.int();
const bbox = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const Truth = z.looseObject({
  images: z.array(z.looseObject({ id })),
  categories: z.array(z.looseObject({ id })),
  annotations: z.array(
    z.looseObject({
      id: id.optional(),
      image_id: id,
      category_id: id,
      bbox,
      area: z.number().optional(),
      iscrowd: z.union([z.literal(0), z.literal(1), z.boolean()]).optional(),
    }),
  ),
});

const Detections = z.array(
  z.looseObject({ image_id: id, category_id: id, bbox, score: z.number() }),
);

/** Boxes of one image and class as COCO has them: `[x, y, width, height]`. */
export interface CocoObject {
  readonly bbox: readonly [number, number, number, number];
  readonly area: number;
  readonly crowd: boolean;
  /** Its annotation id is 0: pycocotools takes a match with it for none, and so do we. */
  readonly unseen: boolean;
}

export interface CocoDetection {
  readonly bbox: readonly [number, number, number, number];
  readonly score: number;
}

type MutablePair = { objects: CocoObject[]; detections: CocoDetection[] };

/** One category in one image. */
export interface CocoPair {
  readonly objects: readonly CocoObject[];
  readonly detections: readonly CocoDetection[];
}

/** Ground truth and detections by category, in ascending order of id. */
export interface CocoData {
  readonly categories: readonly number[];
  /** The images that have an object or a detection of a category, in ascending order of id. */
  pairs(category: number): readonly CocoPair[];
}

/**
 * Reads a COCO instances file and a COCO results file.
 *
 * @throws GateError naming file, entry and key of everything that is not as it should be.
 */
export async function readCoco(truthFile: string, detectionsFile: string): Promise<CocoData> {
  const truth = await parseFile(truthFile, Truth, 'a COCO instances file');
  const detections = await parseFile(detectionsFile, Detections, 'a COCO results file');
  const images = new Set(truth.images.map((image) => image.id));
  const categories = new Set(truth.categories.map((category) => category.id));
  const problems = [
    ...strangers(truth.annotations, images, categories, truthFile, 'annotations'),
    ...strangers(detections, images, categories, detectionsFile, ''),
    ...doubles(truth.annotations, truthFile),
  ];
  if (problems.length > 0) throw new GateError('dataset', problems.slice(0, MOST_PROBLEMS));
  const byCategory = new Map(
    [...categories].map((category) => [category, new Map<number, MutablePair>()]),
  );
  const pairOf = (category: number, image: number): MutablePair => {
    const pairs = byCategory.get(category)!;
    const pair = pairs.get(image) ?? { objects: [], detections: [] };
    pairs.set(image, pair);
    return pair;
  };
  for (const annotation of truth.annotations) {
    const { image_id, category_id, bbox: box, area, iscrowd } = annotation;
    pairOf(category_id, image_id).objects.push({
      bbox: box,
      area: area ?? box[2] * box[3],
      crowd: iscrowd === true || iscrowd === 1,
      unseen: annotation.id === 0,
    });
  }
  for (const { image_id, category_id, bbox: box, score } of detections) {
    pairOf(category_id, image_id).detections.push({ bbox: box, score });
  }
  return {
    categories: [...categories].sort((a, b) => a - b),
    pairs: (category) =>
      [...byCategory.get(category)!].sort(([a], [b]) => a - b).map(([, pair]) => pair),
  };
}

async function parseFile<T>(file: string, schema: z.ZodType<T>, what: string): Promise<T> {
  const problem = (message: string, key?: string): Problem => ({
    message,
    place: { file, ...(key ? { key } : {}) },
    fix: `expected ${what}`,
  });
  const fail = (message: string): never => {
    throw new GateError('dataset', problem(message));
  };
  const text = await readFile(file, 'utf8').catch(() => fail('file not found'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`not JSON: ${messageOf(error)}`);
  }
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues
    .flatMap((issue) => explainIssue(issue, {}))
    .slice(0, MOST_PROBLEMS)
    .map(({ message, path }) => problem(message, keyOf(path)));
  throw new GateError('dataset', problems);
}

/** `annotations[3].bbox` of a path into the document. */
function keyOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number'
        ? `${key}[${part}]`
        : `${key}${key === '' ? '' : '.'}${String(part)}`,
    '',
  );
}

/** pycocotools would silently take the last of them for all. */
function doubles(annotations: readonly { id?: number | undefined }[], file: string): Problem[] {
  const seen = new Set<number>();
  return annotations.flatMap((annotation, i) => {
    if (annotation.id === undefined) return [];
    const twice = seen.has(annotation.id);
    seen.add(annotation.id);
    return twice
      ? [
          {
            message: `id ${annotation.id} is used twice`,
            place: { file, key: `annotations[${i}]` },
          },
        ]
      : [];
  });
}

function strangers(
  entries: readonly { image_id: number; category_id: number }[],
  images: ReadonlySet<number>,
  categories: ReadonlySet<number>,
  file: string,
  key: string,
): Problem[] {
  return entries.flatMap(({ image_id, category_id }, i) => {
    const place = { file, key: `${key}[${i}]` };
    return [
      ...(images.has(image_id)
        ? []
        : [{ place, message: `image_id ${image_id} is not in the ground truth` }]),
      ...(categories.has(category_id)
        ? []
        : [{ place, message: `category_id ${category_id} is not in the ground truth` }]),
    ];
  });
}
