import type { GateConfig } from '../src/config/schema.ts';
import { loadConfig } from '../src/config/load.ts';
import { readDataset } from '../src/dataset/read.ts';
import { decodeImage } from '../src/image/codec.ts';
import type { Size } from '../src/image/image.ts';
import { loadOnnxRuntime } from '../src/native.ts';
import { changedImage } from '../src/perturb/change.ts';
import { suiteConditions } from '../src/perturb/suite.ts';
import { createCandidates } from '../src/predict/candidates.ts';
import { detectionsOf } from '../src/predict/detections.ts';
import { fillInput, placeImage } from '../src/predict/letterbox.ts';
import { CONFIDENCE_FLOOR, MAX_DETECTIONS } from '../src/predict/limits.ts';
import type { Head } from '../src/predict/decode/decoder.ts';
import { decoders } from '../src/predict/decode/registry.ts';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bareSession } from './bare.ts';

/** CPU seconds of each stage, over all images and conditions. */
export type Profile = Record<'decode' | 'perturb' | 'letterbox' | 'model' | 'boxes', number>;

/**
 * Takes every image through every condition, stage by stage as a worker does, and times each.
 *
 * @param configFile A config with an absolute path of the model.
 * @param decoder    Name of the decoder.
 */
export async function profileStages(
  configFile: string,
  decoderName: string,
  input: Size,
): Promise<Profile> {
  const config = await loadConfig(configFile);
  const dataset = await readDataset(config.dataset, {
    location: { directory: dirname(configFile), root: null },
    cacheDirectory: await mkdtemp(join(tmpdir(), 'robustness-bench-')),
    allowed: { command: false, origins: [], environment: {}, secrets: new Set<string>() },
  });
  const decoder = decoders.find(({ name }) => name === decoderName)!;
  const session = await bareSession(modelOf(config));
  const { Tensor } = loadOnnxRuntime();
  const spent: Profile = { decode: 0, perturb: 0, letterbox: 0, model: 0, boxes: 0 };
  const timed = async <T>(stage: keyof Profile, work: () => T | Promise<T>): Promise<T> => {
    const start = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(start);
    spent[stage] += (user + system) / 1e6;
    return result;
  };
  const data = new Float32Array(3 * input.width * input.height);
  const candidates = createCandidates();
  const classNames = dataset.classes;
  let head: Head | null = null;
  const settings = {
    input,
    floor: CONFIDENCE_FLOOR,
    classMap: Int32Array.from({ length: classNames.length }, (_, i) => i),
  };
  for (const sample of dataset.samples) {
    const image = await timed('decode', () => decodeImage(sample.path));
    for (const condition of suiteConditions(config.suite)) {
      const changed = await timed('perturb', () =>
        changedImage(image, sample.digest, condition, config.suite.seed),
      );
      const placement = placeImage(changed, input, decoder.preprocess.resize);
      await timed('letterbox', () =>
        fillInput(changed, input, placement, decoder.preprocess, data),
      );
      const tensor = new Tensor('float32', data, [1, 3, input.height, input.width]);
      const results = await timed('model', () => session.run({ [session.inputNames[0]!]: tensor }));
      await timed('boxes', () => {
        const outputs = session.outputNames.flatMap((name) => {
          const output = results[name]!;
          return output.data instanceof Float32Array
            ? [{ name, dims: output.dims, data: output.data, integer: false }]
            : [];
        });
        candidates.count = 0;
        head ??= decoder.recognise({ outputs, input, classNames, task: null, endToEnd: false });
        head!.decode(outputs, settings, candidates);
        detectionsOf(candidates, placement, changed, config.predictor.nms, MAX_DETECTIONS);
      });
    }
  }
  return spent;
}

function modelOf({ predictor }: GateConfig): string {
  if (predictor.kind !== 'onnx') throw new RangeError('only ONNX models are profiled');
  return predictor.model;
}
