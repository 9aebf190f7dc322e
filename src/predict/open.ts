import type { z } from 'zod';
import { onnx } from './predictors/onnx.ts';
import { describeOnnx } from './onnx/describe.ts';
import type { Predictor, PredictorContext, PredictorInfo } from './predictor.ts';

/** The config's `predictor`. */
export type PredictorOptions = z.infer<typeof onnx.options>;

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
  cacheDirectory: string,
): Promise<PredictorInfo> {
  switch (options.kind) {
    case 'onnx':
      return describeOnnx(options, context, cacheDirectory);
  }
}
