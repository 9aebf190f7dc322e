import { onnxOptions } from '../onnx/options.ts';
import { openOnnx } from '../onnx/session.ts';
import type { PredictorKind } from '../predictor.ts';

/** A model file run by ONNX Runtime: one session with one thread for each worker. */
export const onnx: PredictorKind<typeof onnxOptions> = {
  name: 'onnx',
  title: 'ONNX Runtime',
  options: onnxOptions,
  open: openOnnx,
};
