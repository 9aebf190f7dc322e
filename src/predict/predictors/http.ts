import { z } from 'zod';
import { contentKey } from '../../content-key.ts';
import { GateError } from '../../errors.ts';
import { checkOrigin, placeOf } from '../../http/request.ts';
import { fillSecrets } from '../../http/secrets.ts';
import { encodePng } from '../../image/codec.ts';
import type { Size } from '../../image/image.ts';
import { answerReader, externalInfo, externalShape, FoundObject } from '../external/answers.ts';
import { carry, fillBody, requestBody } from '../external/body.ts';
import { identityShape, modelDigest } from '../external/identity.ts';
import { jsonPointer, pointTo } from '../external/pointer.ts';
import { openRemote, remoteShape } from '../external/remote.ts';
import { CONFIDENCE_FLOOR } from '../limits.ts';
import type { PredictorContext, PredictorKind } from '../predictor.ts';

const answerFields = z.strictObject({
  detections: jsonPointer
    .default('/detections')
    .meta({ description: 'The list of objects; empty for the answer itself.' }),
  class: jsonPointer.default('/class').meta({ description: 'In an object: name or index.' }),
  confidence: jsonPointer.default('/confidence').meta({ description: 'In an object: 0 to 1.' }),
  box: z
    .union([jsonPointer, z.tuple([jsonPointer, jsonPointer, jsonPointer, jsonPointer])])
    .default('/box')
    .meta({ description: 'In an object: four numbers, or a pointer to each.' }),
  format: z.enum(['xyxy', 'xywh', 'cxcywh']).default('xyxy').meta({
    description: 'What the four numbers are: corners; corner and size; centre and size.',
  }),
  unit: z.enum(['pixel', 'fraction']).default('pixel').meta({
    description: 'Pixels of the image that was sent, or fractions of its size.',
  }),
});

const httpOptions = z.strictObject({
  kind: z.literal('http').meta({
    description:
      'A server of your own: an image is posted, JSON comes back (docs/predictors.md); needs `predictor-origin`.',
  }),
  url: z
    .url()
    .meta({ description: 'Where images go.', examples: ['http://127.0.0.1:8000/predict'] }),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string())
    .default({})
    .meta({
      description: 'Headers; `$NAME` is read from the environment.',
      examples: [{ Authorization: 'Bearer $MODEL_TOKEN' }],
    }),
  body: requestBody.default({ kind: 'png' }),
  answer: answerFields.prefault({}),
  ...identityShape,
  ...remoteShape,
  ...externalShape,
});

type AnswerFields = z.infer<typeof answerFields>;

/** A server of the user's. */
export const http: PredictorKind<typeof httpOptions> = {
  name: 'http',
  title: 'HTTP server',
  options: httpOptions,
  async open(options, context) {
    const url = new URL(options.url);
    const filled = headersOf(options.headers, context);
    const { form, secrets: ofBody } = fillBody(options.body, context.allowed);
    const secrets = [...filled.secrets, ...ofBody];
    if (form.kind === 'multipart' && 'content-type' in filled.headers) {
      throw new GateError('config', {
        message: 'predictor.headers names a content type, and a form brings its own',
        fix: 'leave it out of predictor.headers',
      });
    }
    checkOrigin(url, [], context.allowed, secrets.length > 0);
    const reader = answerReader(null, options, context.classes, CONFIDENCE_FLOOR);
    const identity = await modelDigest(options, null, [], context.location);
    const digest = contentKey([identity, options.body, options.answer]);
    const remote = openRemote(url, filled.headers, secrets, options, context);
    return {
      info: externalInfo(reader, options, {
        model: { name: options.version ?? placeOf(url), digest },
        engine: { name: 'http', version: '', remote: true },
        pixels: 'png',
      }),
      concurrency: remote.concurrency,
      async predict(image) {
        const { body, headers } = carry(Uint8Array.from(await encodePng(image)), form);
        return remote.ask(body, headers, (answer) =>
          reader.read(objectsOf(answer, options.answer, image, placeOf(url)), image),
        );
      },
      [Symbol.asyncDispose]: async () => {},
    };
  },
};

/** The config's headers with what they name filled in; names in lower case, so that none is sent twice. */
function headersOf(given: Readonly<Record<string, string>>, { allowed }: PredictorContext) {
  const filled = Object.entries(given).map(([name, value]) => {
    const { text, secrets } = fillSecrets(value, allowed, `predictor.headers.${name}`);
    return { name: name.toLowerCase(), text, secrets };
  });
  return {
    headers: Object.fromEntries(filled.map(({ name, text }) => [name, text])),
    secrets: filled.flatMap(({ secrets }) => secrets),
  };
}

function objectsOf(
  answer: unknown,
  fields: AnswerFields,
  size: Size,
  place: string,
): FoundObject[] {
  const list = pointTo(answer, fields.detections);
  if (!Array.isArray(list)) {
    throw new GateError('predictor', {
      message: `${place}: the answer has no list at "${fields.detections}"`,
      fix: 'set predictor.answer.detections to the JSON Pointer of the list of objects',
    });
  }
  return list.map((entry: unknown, index) => {
    const box = Array.isArray(fields.box)
      ? fields.box.map((pointer) => pointTo(entry, pointer))
      : pointTo(entry, fields.box);
    const parsed = FoundObject.safeParse({
      class: pointTo(entry, fields.class),
      confidence: pointTo(entry, fields.confidence),
      box,
    });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new GateError('predictor', {
        message: `${place}: object ${index} of the answer: ${String(issue?.path[0])}: ${issue?.message}`,
        fix: 'set the JSON Pointers of predictor.answer: class, confidence, box',
      });
    }
    return { ...parsed.data, box: toCorners(parsed.data.box, fields, size) };
  });
}

function toCorners(
  [a, b, c, d]: FoundObject['box'],
  { format, unit }: AnswerFields,
  { width, height }: Size,
): FoundObject['box'] {
  const [x, y] = unit === 'fraction' ? [width, height] : [1, 1];
  switch (format) {
    case 'xyxy':
      return [a * x, b * y, c * x, d * y];
    case 'xywh':
      return [a * x, b * y, (a + c) * x, (b + d) * y];
    case 'cxcywh':
      return [(a - c / 2) * x, (b - d / 2) * y, (a + c / 2) * x, (b + d / 2) * y];
  }
}
