import { z } from 'zod';
import { contentKey } from '../../content-key.ts';
import { GateError } from '../../errors.ts';
import { checkOrigin, placeOf } from '../../http/request.ts';
import { fillSecrets, secretName } from '../../http/secrets.ts';
import { encodeJpeg, encodePng } from '../../image/codec.ts';
import type { Size } from '../../image/image.ts';
import {
  answerReader,
  externalInfo,
  externalShape,
  type FoundObject,
} from '../external/answers.ts';
import { openRemote, remoteShape } from '../external/remote.ts';
import type { PredictorKind } from '../predictor.ts';

/** Hosted inference: they may be given a key without leave of the workflow. */
const HOSTED = ['https://serverless.roboflow.com', 'https://detect.roboflow.com'];

/** The variable that Roboflow's own tools read. */
const ROBOFLOW_KEY = '$ROBOFLOW_API_KEY';

/**
 * The API keeps nothing under it. It takes values from 1 for per cent and less for fractions, its older
 * documentation speaks of per cent alone, its newer of fractions: read as either, this one loses no detection.
 */
const LEAST_CONFIDENCE = 0.01;
const JPEG_QUALITY = 95;
/** What the documentation sends base64 as. */
const BASE64 = { 'content-type': 'application/x-www-form-urlencoded' };

const roboflowOptions = z.strictObject({
  kind: z.literal('roboflow').meta({
    description: 'A model that Roboflow hosts, or that its inference server runs.',
  }),
  model: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}\/[1-9]\d{0,8}$/, {
      error: 'must be PROJECT/VERSION, as in the address of the model',
    })
    .meta({ description: 'Project and version.', examples: ['construction-site-safety/28'] }),
  url: z.url().default(HOSTED[0]!).meta({
    description:
      'The inference server; another than Roboflow’s needs `predictor-origin`. E. g. `http://localhost:9001`.',
  }),
  apiKey: secretName
    .default(ROBOFLOW_KEY)
    .meta({ description: 'Environment variable that holds the key.' }),
  overlap: z.int().min(1).max(100).default(70).meta({
    description: 'IoU in per cent of the suppression that the server does.',
  }),
  encoding: z.enum(['png', 'jpeg']).default('png').meta({
    description: 'How images are sent: without loss, or as JPEG of quality 95, which is recorded.',
  }),
  ...remoteShape,
  ...externalShape,
});

const Answer = z.looseObject({
  predictions: z.array(
    z.looseObject({
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
      confidence: z.number(),
      class: z.string(),
    }),
  ),
  image: z.looseObject({ width: z.number(), height: z.number() }).optional(),
});

/** Roboflow's inference API: base64 in, centres and sizes in pixels out. */
export const roboflow: PredictorKind<typeof roboflowOptions> = {
  name: 'roboflow',
  title: 'Roboflow inference',
  options: roboflowOptions,
  async open(options, context) {
    const url = new URL(`${options.url.replace(/\/+$/, '')}/${options.model}`);
    const { text: key, secrets } = fillSecrets(options.apiKey, context.allowed, 'predictor.apiKey');
    checkOrigin(url, HOSTED, context.allowed, true);
    const place = placeOf(url);
    url.search = new URLSearchParams({
      api_key: key,
      confidence: String(LEAST_CONFIDENCE),
      overlap: String(options.overlap),
      format: 'json',
      // Changed images have no place in the project's data set.
      disable_active_learning: 'true',
    }).toString();
    const reader = answerReader(null, options, context.classes, LEAST_CONFIDENCE);
    const remote = openRemote(url, {}, secrets, options, context);
    const { encoding, overlap } = options;
    return {
      info: {
        ...externalInfo(reader, options, {
          model: { name: options.model, digest: contentKey([place, overlap]) },
          engine: { name: 'roboflow', version: '', remote: true },
          pixels: encoding,
        }),
        floor: LEAST_CONFIDENCE,
        nms: Math.min(options.nms, overlap / 100),
        notes: [
          ...reader.notes,
          `Predicted by ${url.host}: what it does to an image before its model is not known here.`,
        ],
      },
      concurrency: remote.concurrency,
      async predict(image) {
        const bytes =
          encoding === 'png' ? await encodePng(image) : await encodeJpeg(image, JPEG_QUALITY);
        return remote.ask(Buffer.from(bytes).toString('base64'), BASE64, (answer) =>
          reader.read(objectsOf(answer, image, place), image),
        );
      },
      [Symbol.asyncDispose]: async () => {},
    };
  },
};

function objectsOf(answer: unknown, sent: Size, place: string): FoundObject[] {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) {
    throw new GateError('predictor', {
      message: `${place} answered something else than boxes: ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`,
      fix: 'is it an object-detection model?',
    });
  }
  const { image, predictions } = parsed.data;
  if (image && (image.width !== sent.width || image.height !== sent.height)) {
    throw new GateError('predictor', {
      message: `${place} answered for an image of ${image.width} x ${image.height}, and ${sent.width} x ${sent.height} was sent: its boxes would lie elsewhere`,
      fix: 'take steps that cut or resize the image out of what the server does before the model',
    });
  }
  return predictions.map(({ x, y, width, height, confidence, class: name }) => ({
    class: name,
    confidence,
    box: [x - width / 2, y - height / 2, x + width / 2, y + height / 2],
  }));
}
