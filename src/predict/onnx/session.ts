import { basename } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import type { Detections } from '../../boxes/labels.ts';
import { GateError, messageOf } from '../../errors.ts';
import type { Image, Size } from '../../image/image.ts';
import { loadOnnxRuntime, onnxRuntimeVersion } from '../../native.ts';
import { createCandidates } from '../candidates.ts';
import { mapClasses } from '../classes.ts';
import type { Output } from '../decode/decoder.ts';
import { detectionsOf } from '../detections.ts';
import { CONFIDENCE_FLOOR, MAX_DETECTIONS } from '../limits.ts';
import { fillInput, placeImage } from '../letterbox.ts';
import type { Predictor, PredictorContext, PredictorInfo, Preprocess } from '../predictor.ts';
import { type ModelInput, modelInput } from './input.ts';
import { readModel } from './model.ts';
import type { OnnxOptions } from './options.ts';
import { recogniseModel } from './recognise.ts';
import { runModel } from './run.ts';

/** What a model that takes any size is tried on. */
const TRIAL: Size = { width: 320, height: 256 };

/**
 * Opens a model: reads the file, finds the decoder by running it once on grey, maps the classes.
 *
 * @throws GateError when the file is not there, not ONNX, cannot be run, or no decoder knows its output.
 */
export async function openOnnx(
  options: OnnxOptions,
  context: PredictorContext,
): Promise<Predictor> {
  const { bytes, digest, file } = await readModel(options, context);
  const session = await createSession(bytes, options.model);
  const input = modelInput(session, file, options);
  const trial = input.size ?? TRIAL;
  const grey = await tryOnGrey(session, input, trial, options.model);
  const { decoder, head, names, notes } = recogniseModel(
    grey,
    trial,
    file,
    options,
    context.classes,
  );
  const classes = mapClasses(names, context.classes, options.classes);
  const preprocess = preprocessOf(decoder.preprocess, options, input);
  const nms = head.final ? null : options.nms;
  const info: PredictorInfo = {
    model: { name: basename(options.model), digest },
    engine: { name: 'onnxruntime-node', version: onnxRuntimeVersion(), remote: false },
    decoder: decoder.name,
    evidence: head.evidence,
    classes: names,
    input: input.size,
    preprocess,
    device: options.device,
    pixels: 'memory',
    floor: CONFIDENCE_FLOOR,
    nms,
    notes: [...notes, ...classes.notes],
  };
  const decode: Decode = (outputs, size, candidates) =>
    head.decode(
      outputs,
      { input: size, floor: CONFIDENCE_FLOOR, classMap: classes.map },
      candidates,
    );
  return {
    info,
    // The input buffer is used again for each image.
    concurrency: 1,
    predict: createPredict(session, input, { preprocess, nms }, decode),
    [Symbol.asyncDispose]: () => session.release(),
  };
}

type Decode = (
  outputs: readonly Output[],
  input: Size,
  candidates: ReturnType<typeof createCandidates>,
) => void;

async function createSession(bytes: Uint8Array, model: string): Promise<InferenceSession> {
  try {
    return await loadOnnxRuntime().InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      // Only fatal messages: some models give a warning for each of hundreds of weights.
      logSeverityLevel: 4,
    });
  } catch (error) {
    throw new GateError(
      'model',
      {
        message: `ONNX Runtime cannot open ${model}: ${messageOf(error)}`,
        fix: 'export it for an operator set that ONNX Runtime 1.30 knows',
      },
      { cause: error },
    );
  }
}

async function tryOnGrey(
  session: InferenceSession,
  input: ModelInput,
  size: Size,
  model: string,
): Promise<Output[]> {
  try {
    const grey = new Float32Array(3 * size.width * size.height).fill(0.5);
    return await runModel(session, input, grey, size);
  } catch (error) {
    throw new GateError(
      'model',
      {
        message: `${model} cannot be run on an image of ${size.width} x ${size.height}: ${messageOf(error)}`,
        fix: 'export it for batches of one image',
      },
      { cause: error },
    );
  }
}

/** @throws GateError when the config asks for images as they are of a model whose size is fixed. */
function preprocessOf(
  own: Preprocess,
  { preprocess, model }: OnnxOptions,
  { size }: ModelInput,
): Preprocess {
  const given = preprocess === 'auto' ? {} : preprocess;
  const resize = given.resize ?? (size === null ? 'none' : own.resize);
  if (resize === 'none' && size !== null) {
    throw new GateError('config', {
      message: `predictor.preprocess.resize is none, but ${model} takes ${size.width} x ${size.height} only`,
      fix: 'use letterbox, letterbox-top-left or stretch',
    });
  }
  if (resize !== 'none' && size === null) {
    throw new GateError('config', {
      message: `predictor.preprocess.resize is ${resize}, but ${model} takes images of any size`,
      fix: 'leave it out, or set predictor.input',
    });
  }
  return {
    resize,
    color: given.color ?? own.color,
    scale: given.scale ?? own.scale,
    mean: given.mean ?? own.mean,
    std: given.std ?? own.std,
  };
}

function createPredict(
  session: InferenceSession,
  input: ModelInput,
  { preprocess, nms }: { preprocess: Preprocess; nms: number | null },
  decode: Decode,
): (image: Image) => Promise<Detections> {
  let planes = new Float32Array(0);
  const candidates = createCandidates();
  return async (image) => {
    const { width, height } = input.size ?? image;
    const size = { width, height };
    if (planes.length !== 3 * width * height) planes = new Float32Array(3 * width * height);
    const placement = placeImage(image, size, preprocess.resize);
    fillInput(image, size, placement, preprocess, planes);
    candidates.count = 0;
    try {
      decode(await runModel(session, input, planes, size), size, candidates);
      return detectionsOf(candidates, placement, image, nms, MAX_DETECTIONS);
    } catch (error) {
      throw new GateError('predictor', { message: messageOf(error) }, { cause: error });
    }
  };
}
