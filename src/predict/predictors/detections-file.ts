import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { contentKey } from '../../content-key.ts';
import { GateError } from '../../errors.ts';
import { type Location, locate, readBounded } from '../../paths.ts';
import {
  answerReader,
  externalInfo,
  externalShape,
  type FoundObject,
} from '../external/answers.ts';
import { CONFIDENCE_FLOOR } from '../limits.ts';
import type { PredictorKind, Subject } from '../predictor.ts';

const detectionsFileOptions = z.strictObject({
  kind: z.literal('detections-file').meta({
    description: 'Detections made elsewhere, of images that `perturb --config` wrote.',
  }),
  path: z
    .string()
    .min(1)
    .meta({ description: 'COCO results JSON.', examples: ['results.json'] }),
  images: z
    .string()
    .min(1)
    .meta({
      description: 'The images.json that `perturb --config` wrote beside the images.',
      examples: ['changed/images.json'],
    }),
  ...externalShape,
});

const MAX_BYTES = 2 ** 30 - 1;

/** What `perturb --config` writes: COCO, and which image under which condition each file is. */
export const ChangedImages = z.looseObject({
  images: z.array(
    z.looseObject({
      id: z.int(),
      file_name: z.string(),
      width: z.int(),
      height: z.int(),
      digest: z.string(),
      condition: z.string(),
    }),
  ),
  categories: z.array(z.looseObject({ id: z.int(), name: z.string() })),
});

const Results = z.array(
  z.looseObject({
    image_id: z.int(),
    category_id: z.int(),
    bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    score: z.number(),
  }),
);

/** Detections that were made elsewhere, in COCO's results format. */
export const detectionsFile: PredictorKind<typeof detectionsFileOptions> = {
  name: 'detections-file',
  title: 'Detections made elsewhere',
  options: detectionsFileOptions,
  async open(options, { location, classes }) {
    const listed = await readJson(options.images, ChangedImages, 'predictor.images', location);
    const results = await readJson(options.path, Results, 'predictor.path', location);
    const { images, categories } = listed.value;
    const names = categories.map(({ name }) => name);
    const reader = answerReader(names, options, classes, CONFIDENCE_FLOOR);
    const found = byImage(results.value, listed.value, options.path);
    const silent = images.length - found.size;
    const ids = new Map(images.map((image) => [keyOf(image), image]));
    return {
      info: {
        ...externalInfo(reader, options, {
          model: {
            name: basename(options.path),
            digest: contentKey([listed.digest, results.digest]),
          },
          engine: { name: 'detections-file', version: '', remote: true },
          pixels: 'png',
        }),
        notes: [
          ...reader.notes,
          ...(silent > 0
            ? [
                `${silent} of ${images.length} changed images have no detection in ${basename(options.path)}: taken to show nothing to the model.`,
              ]
            : []),
        ],
      },
      concurrency: 1,
      async predict(image, subject) {
        const known = ids.get(keyOf(subject));
        if (!known) {
          throw new GateError('predictor', {
            message: `${options.images} does not list this image under this condition`,
            fix: 'data set, suite or seed changed: write the images again (perturb --config) and predict them',
          });
        }
        return reader.read(found.get(known.id) ?? [], image);
      },
      [Symbol.asyncDispose]: async () => {},
    };
  },
};

function keyOf({ digest, condition }: Subject): string {
  return `${digest} ${condition}`;
}

function byImage(
  results: z.infer<typeof Results>,
  { images, categories }: z.infer<typeof ChangedImages>,
  file: string,
): Map<number, FoundObject[]> {
  const known = new Set(images.map(({ id }) => id));
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const found = new Map<number, FoundObject[]>();
  for (const [
    index,
    {
      image_id,
      category_id,
      bbox: [x, y, w, h],
      score,
    },
  ] of results.entries()) {
    const name = names.get(category_id);
    if (name === undefined || !known.has(image_id)) {
      throw new GateError('predictor', {
        message: `${name === undefined ? `category_id ${category_id}` : `image_id ${image_id}`} is not in the images.json`,
        place: { file, key: `[${index}]` },
        fix: 'ids are those of the images.json',
      });
    }
    const list = found.get(image_id) ?? [];
    list.push({ class: name, confidence: score, box: [x, y, x + w, y + h] });
    found.set(image_id, list);
  }
  return found;
}

async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  key: string,
  location: Location,
): Promise<{ value: T; digest: string }> {
  const place = { file: path };
  const found = await locate(path, location);
  if (found.kind !== 'found') {
    const what = found.kind === 'missing' ? 'not found' : 'leaves the workspace';
    throw new GateError('predictor', { message: `${key} ${what}: ${path}` });
  }
  const bytes = await readBounded(found.path, 'the file', MAX_BYTES, 'predictor');
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch (error) {
    throw new GateError('predictor', { message: 'not JSON', place }, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new GateError('predictor', {
      message: issue?.message ?? 'something else was expected',
      place: { file: path, key: issue?.path.join('.') ?? '' },
      fix: 'expected a COCO results file, and the images.json of perturb --config',
    });
  }
  return { value: parsed.data, digest: createHash('sha256').update(bytes).digest('hex') };
}
