import { yoloFiles } from './dataset.ts';
import { constantModel } from './onnx.ts';
import { folderOf } from './tmp.ts';

/** A model that always finds one Person, where the data set's images have it. Mirrored, it misses every one. */
const squareModel = constantModel({
  input: [1, 3, 48, 64],
  metadata: { names: "{0: 'Person', 1: 'Hardhat'}" },
  outputs: [
    {
      name: 'o',
      dims: [1, 6, 8],
      values: [
        20, 0, 0, 0, 0, 0, 0, 0, 21, 0, 0, 0, 0, 0, 0, 0, 19, 0, 0, 0, 0, 0, 0, 0, 19, 0, 0, 0, 0,
        0, 0, 0, 0.9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      ],
    },
  ],
});

/** The config of a project, with these perturbations. */
export function configOf(perturbations: string): string {
  return `version: 1
dataset: {format: yolo, path: data.yaml}
predictor: {kind: onnx, model: m.onnx}
suite: {perturbations: [${perturbations}], severities: [1]}
`;
}

/** A folder with three labelled images, the model `m.onnx` and a config. */
export async function projectFolder(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  return folderOf({
    ...(await yoloFiles(3)),
    'm.onnx': squareModel,
    'robustness.yml': configOf('brightness'),
    ...files,
  });
}
