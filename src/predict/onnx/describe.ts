import { join } from 'node:path';
import { z } from 'zod';
import { contentKey } from '../../content-key.ts';
import { readMemo, writeMemo } from '../../memo.ts';
import { onnxRuntimeVersion } from '../../native.ts';
import { TOOL_VERSION } from '../../version.ts';
import type { PredictorContext, PredictorInfo } from '../predictor.ts';
import { readModel } from './model.ts';
import type { OnnxOptions } from './options.ts';
import { openOnnx } from './session.ts';

const triple = z.tuple([z.number(), z.number(), z.number()]);

const Info = z.strictObject({
  model: z.strictObject({ name: z.string(), digest: z.string() }),
  engine: z.strictObject({ name: z.string(), version: z.string(), remote: z.boolean() }),
  decoder: z.string(),
  evidence: z.string(),
  classes: z.array(z.string()),
  input: z.strictObject({ width: z.int(), height: z.int() }).nullable(),
  preprocess: z.strictObject({
    resize: z.enum(['letterbox', 'letterbox-top-left', 'stretch', 'none']),
    color: z.enum(['rgb', 'bgr']),
    scale: z.number(),
    mean: triple,
    std: triple,
  }),
  device: z.string(),
  pixels: z.enum(['memory', 'png', 'jpeg']),
  floor: z.number(),
  nms: z.number().nullable(),
  notes: z.array(z.string()),
}) satisfies z.ZodType<PredictorInfo>;

/**
 * What a model is. Found out by opening and running it, which takes a second, and kept for the same file
 * under the same settings.
 *
 * @throws GateError as `openOnnx` does.
 */
export async function describeOnnx(
  options: OnnxOptions,
  context: PredictorContext,
): Promise<PredictorInfo> {
  const { digest } = await readModel(options, context);
  const decidedBy = [TOOL_VERSION, onnxRuntimeVersion(), digest, options, context.classes];
  const file = join(
    context.cacheDirectory,
    'predictors',
    `${contentKey(decidedBy).slice(0, 32)}.json`,
  );
  const known = await readMemo(file, Info);
  if (known?.model.digest === digest) return known;
  await using predictor = await openOnnx(options, context);
  await writeMemo(file, predictor.info);
  return predictor.info;
}
