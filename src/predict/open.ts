import type { z } from 'zod';
import type { Predictor, PredictorContext } from './predictor.ts';
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
