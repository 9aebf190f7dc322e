import type { z } from 'zod';
import { onnx } from './predictors/onnx.ts';
import type { Predictor, PredictorContext } from './predictor.ts';

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
