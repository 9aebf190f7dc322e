import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { GateError, messageOf } from '../../errors.ts';
import { redactAll } from '../../http/secrets.ts';
import { locate } from '../../paths.ts';
import { answerReader, externalInfo, externalShape, FoundObject } from '../external/answers.ts';
import { identityShape, modelDigest } from '../external/identity.ts';
import { CONFIDENCE_FLOOR } from '../limits.ts';
import type { PredictorContext, PredictorKind } from '../predictor.ts';
import { checkAllowed } from './command.ts';

const moduleOptions = z.strictObject({
  kind: z.literal('module').meta({
    description:
      'A JavaScript or TypeScript file that exports `predict(images)` (docs/predictors.md); needs `allow-command`.',
  }),
  module: z
    .string()
    .min(1)
    .meta({ description: 'The file; TypeScript needs Node 22.18.', examples: ['predict.mjs'] }),
  ...identityShape,
  ...externalShape,
});

const isFunction = z.custom<(...args: readonly unknown[]) => unknown>(
  (value) => typeof value === 'function',
);
const Module = z.looseObject({
  predict: isFunction,
  classes: z.array(z.string()).optional(),
  model: z.string().max(200).optional(),
  close: isFunction.optional(),
});
const Answers = z.array(z.array(FoundObject)).length(1);

/** Code of the user's, loaded in each worker. */
export const module: PredictorKind<typeof moduleOptions> = {
  name: 'module',
  title: 'JavaScript or TypeScript module',
  options: moduleOptions,
  async open(options, context) {
    checkAllowed('module', context.allowed);
    const loaded = await load(options.module, context);
    const reader = answerReader(loaded.classes ?? null, options, context.classes, CONFIDENCE_FLOOR);
    const own = [options.module];
    const digest = await modelDigest(options, loaded.model ?? null, own, context.location);
    return {
      info: externalInfo(reader, options, {
        model: { name: loaded.model ?? options.version ?? options.module, digest },
        engine: { name: 'module', version: '', remote: false },
        pixels: 'memory',
      }),
      concurrency: 1,
      async predict({ width, height, data }) {
        let answer: unknown;
        try {
          answer = await loaded.predict([{ width, height, data: data.slice() }]);
        } catch (error) {
          throw new GateError(
            'predictor',
            { message: `${options.module} threw: ${messageOf(error)}` },
            { cause: error },
          );
        }
        const parsed = Answers.safeParse(redactAll(answer, context.allowed.secrets));
        if (parsed.success) return reader.read(parsed.data[0] ?? [], { width, height });
        const [issue] = parsed.error.issues;
        throw new GateError('predictor', {
          message: `${options.module}: predict answered something else than detections: ${issue?.path.join('.')}: ${issue?.message}`,
          fix: 'it returns a list for each image, of {class, confidence, box: [x1, y1, x2, y2]}',
        });
      },
      async [Symbol.asyncDispose]() {
        await loaded.close?.();
      },
    };
  },
};

async function load(path: string, { location }: PredictorContext): Promise<z.infer<typeof Module>> {
  const found = await locate(path, location);
  const fail = (message: string, fix: string, cause?: unknown): never => {
    throw new GateError('model', { message: `${path}: ${message}`, fix }, { cause });
  };
  if (found.kind !== 'found') {
    const what = found.kind === 'missing' ? 'the module was not found' : 'leaves the workspace';
    return fail(what, 'set predictor.module, relative to the config file');
  }
  try {
    const loaded = Module.safeParse(await import(pathToFileURL(found.path).href));
    if (loaded.success) return loaded.data;
    return fail('it exports no function `predict`', 'export async function predict(images) { … }');
  } catch (error) {
    if (error instanceof GateError) throw error;
    const typescript = ['.ts', '.mts'].includes(extname(path));
    return fail(
      `cannot be loaded: ${messageOf(error)}`,
      typescript ? 'TypeScript needs Node 22.18 or later, or compile it' : 'mend the module',
      error,
    );
  }
}
