import type { Image, Size } from '../image/image.ts';
import { scratch } from '../image/kernels.ts';
import type { Preprocess } from './predictor.ts';

/** Where the resized image lies in the model's input. */
export interface Placement extends Size {
  readonly left: number;
  readonly top: number;
}

/** Values of a pixel's channel. */
const LEVELS = 256;
/** Grey of the border, as in the training code of YOLOv5, v8 and YOLOX. */
const BORDER = 114;

/**
 * Size and place of an image inside the model's input.
 * Rounding as the frameworks do: centred letterbox rounds to the nearest pixel, YOLOX cuts.
 *
 * @param image Size of the image, pixels.
 * @param input Size of the model's input, pixels.
 */
export function placeImage(image: Size, input: Size, resize: Preprocess['resize']): Placement {
  if (resize === 'stretch' || resize === 'none') return { ...input, left: 0, top: 0 };
  const ratio = Math.min(input.width / image.width, input.height / image.height);
  if (resize === 'letterbox-top-left') {
    const width = Math.max(1, Math.floor(image.width * ratio));
    const height = Math.max(1, Math.floor(image.height * ratio));
    return { width, height, left: 0, top: 0 };
  }
  const width = Math.max(1, Math.round(image.width * ratio));
  const height = Math.max(1, Math.round(image.height * ratio));
  return {
    width,
    height,
    left: Math.max(0, Math.round((input.width - width) / 2 - 0.1)),
    top: Math.max(0, Math.round((input.height - height) / 2 - 0.1)),
  };
}

/**
 * Resizes and normalises an image straight into the model's input, planar (CHW).
 * Bilinear as OpenCV's INTER_LINEAR on 8 bits: 11-bit weights, half-pixel centres, no antialiasing.
 *
 * @param target `3 * input.width * input.height` floats; every value is written.
 */
export function fillInput(
  image: Image,
  input: Size,
  placement: Placement,
  preprocess: Preprocess,
  target: Float32Array,
): void {
  const plane = input.width * input.height;
  const tables = channelTables(preprocess);
  const memory = scratch();
  const planes = memory.reserve(target.byteLength);
  const first = (placement.top * input.width + placement.left) * Float32Array.BYTES_PER_ELEMENT;
  // Where the image's red, green and blue go.
  const order = preprocess.color === 'rgb' ? ([0, 1, 2] as const) : ([2, 1, 0] as const);
  const [red, green, blue] = order.map(
    (channel) => planes + channel * plane * Float32Array.BYTES_PER_ELEMENT + first,
  );
  const borders = tables.map((table) => table[BORDER] ?? 0);
  if (placement.width * placement.height < plane) {
    borders.forEach((border, channel) =>
      memory.floats(planes, target.length).fill(border, channel * plane, (channel + 1) * plane),
    );
  }
  const source = memory.put(image.data);
  const values = new Float32Array(3 * LEVELS);
  order.forEach((channel, i) => values.set(tables[channel]!, i * LEVELS));
  const planesOf = [memory.put(values), red!, green!, blue!, input.width];
  const { width, height } = placement;
  if (width === image.width && height === image.height) {
    memory.kernels.spreadPlanes(source, width, height, ...planesOf);
  } else {
    memory.kernels.fillPlanes(
      source,
      image.width * 3,
      width,
      height,
      memory.put(taps(image.width, width, 3)),
      memory.put(taps(image.height, height, 1)),
      memory.reserve(2 * width * 16),
      ...planesOf,
    );
  }
  target.set(memory.floats(planes, target.length));
}

/** For each channel of the model, the input value of each of the 256 pixel values. */
function channelTables({ scale, mean, std }: Preprocess): Float32Array[] {
  return mean.map((offset, channel) =>
    Float32Array.from({ length: LEVELS }, (_, value) => (value * scale - offset) / std[channel]!),
  );
}

/** One of a resize’s weights, as OpenCV has them in 11 bits. */
const ONE = 2048;

/**
 * The two source pixels of each target pixel, times `step`, and the second one's weight, 0 to 2048.
 *
 * @returns Three numbers for each target pixel.
 */
function taps(source: number, target: number, step: number): Int32Array {
  const result = new Int32Array(3 * target);
  const scale = source / target;
  for (let i = 0; i < target; i++) {
    const position = (i + 0.5) * scale - 0.5;
    const floor = Math.floor(position);
    const inside = floor >= 0 && floor < source - 1;
    const first = Math.min(Math.max(floor, 0), source - 1);
    result[3 * i] = first * step;
    result[3 * i + 1] = (inside ? first + 1 : first) * step;
    result[3 * i + 2] = inside ? Math.round((position - floor) * ONE) : 0;
  }
  return result;
}
