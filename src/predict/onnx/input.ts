import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { GateError } from '../../errors.ts';
import type { Size } from '../../image/image.ts';
import { loadOnnxRuntime } from '../../native.ts';
import type { OnnxFile } from './file.ts';
import { toHalf } from './half.ts';
import type { OnnxOptions } from './options.ts';

/** Pixels on a side of the model's input, as the config allows. */
const MAX_SIDE = 8192;

type AnyInput = InferenceSession.ValueMetadata;
type TensorInput = Extract<AnyInput, { isTensor: true }>;

/** What a model is fed. */
export interface ModelInput {
  /** Pixels; null where the model takes every image at its own size. */
  readonly size: Size | null;
  /**
   * The model's inputs for an image.
   *
   * @param planes 3 x height x width values.
   */
  feeds(planes: Float32Array, size: Size): Record<string, Tensor>;
}

/**
 * Looks at a model's inputs: an image `[N, 3, height, width]` or `[3, height, width]` of float32 or float16, and at most a
 * `pixel_mask`, which DETR exports have and which is all ones for a whole image.
 *
 * @throws GateError when it takes something else, or its size is not known.
 */
export function modelInput(
  session: InferenceSession,
  file: OnnxFile,
  options: OnnxOptions,
): ModelInput {
  const image = imageInput(session, options.model);
  const mask = session.inputMetadata.flatMap((one) =>
    one.isTensor && isMask(one) ? [one] : [],
  )[0];
  const fixed = fixedSize(image);
  const size = checkedSize(
    fixed,
    fixed ?? options.input ?? file.imageSize,
    image.shape.length === 3,
    options,
  );
  const half = image.type === 'float16';
  const batch = image.shape.length === 4 ? [1] : [];
  return {
    size,
    feeds(planes, { width, height }) {
      const { Tensor } = loadOnnxRuntime();
      const dims = [...batch, 3, height, width];
      const pixels = half
        ? new Tensor('float16', halves(planes), dims)
        : new Tensor('float32', planes, dims);
      if (!mask) return { [image.name]: pixels };
      return { [image.name]: pixels, [mask.name]: ones(mask, { width, height }) };
    },
  };
}

function imageInput(session: InferenceSession, model: string): TensorInput {
  const fail = (message: string, fix: string): never => {
    throw new GateError('model', { message: `${model}: ${message}`, fix });
  };
  const images = session.inputMetadata.filter((input) => !isMask(input));
  const image = images[0];
  const shape = image?.isTensor ? image.shape : [];
  if (!image?.isTensor || images.length !== 1 || (shape.length !== 4 && shape.length !== 3)) {
    return fail(
      `expected one image input [N, 3, height, width], found ${session.inputNames.length} of shape [${shape.join(', ')}]`,
      'export the detector alone, with one NCHW input',
    );
  }
  if (image.type !== 'float32' && image.type !== 'float16') {
    return fail(
      `the input is ${image.type}, only float32 and float16 are fed`,
      'export with a float32 input',
    );
  }
  const channels = shape.at(-3);
  if (channels !== 3 && typeof channels === 'number') {
    return fail(
      `the input has shape [${shape.join(', ')}], the ${shape.length === 4 ? 'second' : 'first'} must be 3 (NCHW)`,
      'export as NCHW',
    );
  }
  return image;
}

function isMask(input: AnyInput): boolean {
  return input.isTensor && input.type === 'int64' && input.name === 'pixel_mask';
}

function fixedSize({ shape }: TensorInput): Size | null {
  const [height, width] = shape.slice(-2);
  const fixed = typeof height === 'number' && height > 0 && typeof width === 'number' && width > 0;
  return fixed ? { width, height } : null;
}

/** @param anySize Whether a model whose size is not fixed is one that resizes by itself. */
function checkedSize(
  fixed: Size | null,
  size: Size | null,
  anySize: boolean,
  { model, input }: OnnxOptions,
): Size | null {
  const fail = (message: string, fix: string): never => {
    throw new GateError('model', { message: `${model}: ${message}`, fix });
  };
  if (size === null) {
    if (anySize) return null;
    return fail('the input size is not fixed', 'set predictor.input: {width: 640, height: 640}');
  }
  if (size.width > MAX_SIDE || size.height > MAX_SIDE) {
    return fail(
      `the input is ${size.width} x ${size.height}, at most ${MAX_SIDE} on a side are fed`,
      'export the model for a smaller input',
    );
  }
  if (fixed && input && (input.width !== size.width || input.height !== size.height)) {
    return fail(
      `predictor.input is ${input.width} x ${input.height}, the model takes ${size.width} x ${size.height}`,
      'leave predictor.input out',
    );
  }
  return size;
}

function halves(planes: Float32Array): Uint16Array {
  const bits = new Uint16Array(planes.length);
  toHalf(planes, bits);
  return bits;
}

function ones({ shape }: TensorInput, image: Size): Tensor {
  const { Tensor } = loadOnnxRuntime();
  const [height, width] = shape.slice(-2);
  const dims = [
    1,
    typeof height === 'number' && height > 0 ? height : image.height,
    typeof width === 'number' && width > 0 ? width : image.width,
  ];
  return new Tensor('int64', new BigInt64Array(dims[1]! * dims[2]!).fill(1n), dims);
}
