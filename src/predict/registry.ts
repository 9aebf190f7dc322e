import { command } from './predictors/command.ts';
import { detectionsFile } from './predictors/detections-file.ts';
import { http } from './predictors/http.ts';
import { module } from './predictors/module.ts';
import { onnx } from './predictors/onnx.ts';
import { roboflow } from './predictors/roboflow.ts';

/** Every predictor that the config's `predictor.kind` can name. */
export const predictorKinds = [onnx, roboflow, http, command, module, detectionsFile] as const;
