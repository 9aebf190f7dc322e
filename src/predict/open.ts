import type { z } from 'zod';
import { describeOnnx } from './onnx/describe.ts';
import type { Predictor, PredictorContext, PredictorInfo } from './predictor.ts';
import { command } from './predictors/command.ts';
import { detectionsFile } from './predictors/detections-file.ts';
import { http } from './predictors/http.ts';
import { module } from './predictors/module.ts';
import { onnx } from './predictors/onnx.ts';
import { roboflow } from './predictors/roboflow.ts';
import type { predictorKinds } from './registry.ts';

/** The config's `predictor`. */
export type PredictorOptions = z.infer<(typeof predictorKinds)[number]['options']>;

/**
 * Opens the predictor that the config names.
 *
 * @throws GateError when it cannot be used, saying why.
 */
export function openPredictor(
  options: PredictorOptions,
  context: PredictorContext,
): Promise<Predictor> {
  switch (options.kind) {
    case 'onnx':
      return onnx.open(options, context);
    case 'roboflow':
      return roboflow.open(options, context);
    case 'http':
      return http.open(options, context);
    case 'command':
      return command.open(options, context);
    case 'module':
      return module.open(options, context);
    case 'detections-file':
      return detectionsFile.open(options, context);
  }
}

/**
 * What the predictor that the config names is; what it takes long to find out is kept in the cache.
 *
 * @throws GateError when it cannot be used, saying why.
 */
export function describePredictor(
  options: PredictorOptions,
  context: PredictorContext,
): Promise<PredictorInfo> {
  switch (options.kind) {
    case 'onnx':
      return describeOnnx(options, context);
    case 'roboflow':
      return described(roboflow.open(options, context));
    case 'http':
      return described(http.open(options, context));
    case 'command':
      return described(command.open(options, context));
    case 'module':
      return described(module.open(options, context));
    case 'detections-file':
      return described(detectionsFile.open(options, context));
  }
}

async function described(opened: Promise<Predictor>): Promise<PredictorInfo> {
  await using predictor = await opened;
  return predictor.info;
}
