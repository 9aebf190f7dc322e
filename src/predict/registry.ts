import { onnx } from './predictors/onnx.ts';

/** Every predictor that the config's `predictor.kind` can name. */
export const predictorKinds = [onnx] as const;
