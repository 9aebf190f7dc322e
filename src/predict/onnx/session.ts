import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InferenceSession } from 'onnxruntime-node';
import type { Detections } from '../../boxes/labels.ts';
import { GateError, messageOf } from '../../errors.ts';
import type { Image, Size } from '../../image/image.ts';
import { loadOnnxRuntime } from '../../native.ts';
import { createCandidates } from '../candidates.ts';
import { mapClasses } from '../classes.ts';
import type { DecodeSettings, Decoder, Layout, Output } from '../decode/decoder.ts';
import { decoders } from '../decode/registry.ts';
import { detectionsOf } from '../detections.ts';
import { CONFIDENCE_FLOOR, MAX_DETECTIONS } from '../limits.ts';
import { fillInput, placeImage } from '../letterbox.ts';
import type { OnnxFile } from './file.ts';
import { readModel } from './model.ts';
import type { Predictor, PredictorContext, PredictorInfo, Preprocess } from '../predictor.ts';
import type { OnnxOptions } from './options.ts';

/** Pixels on a side of the model's input, as the config allows. */
const MAX_SIDE = 8192;
/** A model that has not answered for one image by then never will. */
const DEADLINE_MS = 120_000;

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
  const input = inputSize(session, file, options);
  const given = options.names ?? file.names;
  const grey = await tryOnGrey(session, input, options.model);
  const { decoder, layout } = chooseDecoder(grey, input, given?.length ?? null, options);
  const names = classNames(given, layout, context.classes, options.model);
  const { map, notes } = mapClasses(names.list, context.classes, options.classes);
  const preprocess = mergePreprocess(decoder.preprocess, options.preprocess);
  const info: PredictorInfo = {
    model: {
      name: basename(options.model),
      digest,
    },
    engine: {
      name: 'onnxruntime-node',
      version: loadOnnxRuntime().env.versions.node ?? 'unknown',
      remote: false,
    },
    decoder: decoder.name,
    classes: names.list,
    input,
    preprocess,
    device: options.device,
    pixels: 'memory',
    floor: CONFIDENCE_FLOOR,
    nms: options.nms,
    notes: [...names.notes, ...notes],
  };
  const settings: DecodeSettings = { input, floor: CONFIDENCE_FLOOR, classMap: map };
  return {
    info,
    // The input buffer is used again for each image.
    concurrency: 1,
    predict: createPredict(session, decoder, layout, settings, preprocess, options.nms),
    [Symbol.asyncDispose]: () => session.release(),
  };
}

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

function inputSize(session: InferenceSession, file: OnnxFile, options: OnnxOptions): Size {
  const [input] = session.inputMetadata;
  const shape = input?.isTensor ? input.shape : [];
  const fail = (message: string, fix: string): never => {
    throw new GateError('model', { message: `${options.model}: ${message}`, fix });
  };
  if (!input?.isTensor || session.inputMetadata.length !== 1 || shape.length !== 4) {
    return fail(
      `expected one image input [N, 3, height, width], found ${session.inputNames.length} of shape [${shape.join(', ')}]`,
      'export the detector alone, with one NCHW input',
    );
  }
  if (input.type !== 'float32') {
    return fail(`the input is ${input.type}, only float32 is read`, 'export with a float32 input');
  }
  if (shape[1] !== 3 && typeof shape[1] === 'number') {
    return fail(
      `the input has shape [${shape.join(', ')}], the second must be 3 (NCHW)`,
      'export as NCHW',
    );
  }
  const [, , height, width] = shape;
  const fixed = typeof height === 'number' && height > 0 && typeof width === 'number' && width > 0;
  const own = fixed ? { width, height } : file.imageSize;
  const size = fixed ? own : (options.input ?? own);
  if (!size) {
    return fail('the input size is not fixed', 'set predictor.input: {width: 640, height: 640}');
  }
  if (size.width > MAX_SIDE || size.height > MAX_SIDE) {
    return fail(
      `the input is ${size.width} x ${size.height}, at most ${MAX_SIDE} on a side are fed`,
      'export the model for a smaller input',
    );
  }
  if (
    fixed &&
    options.input &&
    (options.input.width !== size.width || options.input.height !== size.height)
  ) {
    return fail(
      `predictor.input is ${options.input.width} x ${options.input.height}, the model takes ${size.width} x ${size.height}`,
      'leave predictor.input out',
    );
  }
  return size;
}

async function tryOnGrey(session: InferenceSession, input: Size, model: string): Promise<Output[]> {
  try {
    return await run(session, new Float32Array(3 * input.width * input.height).fill(0.5), input);
  } catch (error) {
    throw new GateError(
      'model',
      {
        message: `${model} cannot be run on an image of ${input.width} x ${input.height}: ${messageOf(error)}`,
        fix: 'export it for batches of one image, float32 in and out',
      },
      { cause: error },
    );
  }
}

/** @throws RangeError when the answer does not come within the deadline. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = new AbortController();
  const deadline = sleep(DEADLINE_MS, null, { signal: late.signal, ref: false }).then(() => {
    throw new RangeError(`the model has not answered for ${DEADLINE_MS / 1000} seconds`);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    deadline.catch(() => {});
    late.abort();
  }
}

async function run(session: InferenceSession, data: Float32Array, input: Size): Promise<Output[]> {
  const { Tensor } = loadOnnxRuntime();
  const tensor = new Tensor('float32', data, [1, 3, input.height, input.width]);
  const results = await inTime(session.run({ [session.inputNames[0] ?? '']: tensor }));
  return session.outputNames.map((name) => {
    const value = results[name];
    if (!(value?.data instanceof Float32Array)) {
      throw new RangeError(`output "${name}" is ${value?.type ?? 'missing'}, only float32 is read`);
    }
    return { name, dims: value.dims, data: value.data };
  });
}

function chooseDecoder(
  outputs: readonly Output[],
  input: Size,
  classCount: number | null,
  options: OnnxOptions,
): { decoder: Decoder; layout: Layout } {
  const wanted = decoders.filter(
    ({ name }) => options.decoder === 'auto' || options.decoder === name,
  );
  for (const decoder of wanted) {
    const layout = decoder.recognise(outputs, input, classCount);
    if (layout) return { decoder, layout };
  }
  const shapes = outputs.map(({ name, dims }) => `${name} [${dims.join(', ')}]`).join(', ');
  const classes = classCount === null ? 'unknown class names' : `${classCount} class names`;
  throw new GateError('model', {
    message: `${options.model}: ${options.decoder === 'auto' ? 'no decoder knows' : `decoder ${options.decoder} does not fit`} the output: ${shapes}; input ${input.width} x ${input.height}, ${classes}`,
    fix: `set predictor.decoder to one of ${decoders.map(({ name }) => name).join(', ')} and predictor.names to the model's class names, or export one of: ${decoders.map(({ title }) => title).join('; ')}`,
  });
}

function classNames(
  given: readonly string[] | null,
  layout: Layout,
  dataset: readonly string[],
  model: string,
): { list: readonly string[]; notes: readonly string[] } {
  if (given) return { list: given, notes: [] };
  if (layout.classCount === dataset.length) {
    return {
      list: dataset,
      notes: ['The model names no classes; the data set’s names in their order were assumed.'],
    };
  }
  throw new GateError('model', {
    message: `${model}: the model has ${layout.classCount} classes without names, the data set ${dataset.length}`,
    fix: `list the model's ${layout.classCount} class names in order: predictor.names: [...]`,
  });
}

function mergePreprocess(own: Preprocess, given: OnnxOptions['preprocess']): Preprocess {
  if (given === 'auto') return own;
  return {
    resize: given.resize ?? own.resize,
    color: given.color ?? own.color,
    scale: given.scale ?? own.scale,
    mean: given.mean ?? own.mean,
    std: given.std ?? own.std,
  };
}

function createPredict(
  session: InferenceSession,
  decoder: Decoder,
  layout: Layout,
  settings: DecodeSettings,
  preprocess: Preprocess,
  iou: number,
): (image: Image) => Promise<Detections> {
  const { input } = settings;
  const tensor = new Float32Array(3 * input.width * input.height);
  const candidates = createCandidates();
  return async (image) => {
    const placement = placeImage(image, input, preprocess.resize);
    fillInput(image, input, placement, preprocess, tensor);
    candidates.count = 0;
    try {
      decoder.decode(await run(session, tensor, input), layout, settings, candidates);
      return detectionsOf(candidates, placement, image, iou, MAX_DETECTIONS);
    } catch (error) {
      throw new GateError('predictor', { message: messageOf(error) }, { cause: error });
    }
  };
}
