import type { Image, Size } from '../../src/image/image.ts';
import type { Placement } from '../../src/predict/letterbox.ts';
import type { Preprocess } from '../../src/predict/predictor.ts';

const BORDER = 114;

/** `fillInput` in plain JavaScript. */
export function fillInputPortable(
  image: Image,
  input: Size,
  placement: Placement,
  preprocess: Preprocess,
  target: Float32Array,
): void {
  const plane = input.width * input.height;
  const tables = channelTables(preprocess);
  tables.forEach((table, channel) => {
    const border = table[BORDER] ?? 0;
    if (placement.width * placement.height < plane) {
      target.fill(border, channel * plane, (channel + 1) * plane);
    }
  });
  // Where the image's red, green and blue go.
  const [first, second, third] = preprocess.color === 'rgb' ? [0, 1, 2] : [2, 1, 0];
  const [red, green, blue] = [tables[first]!, tables[second]!, tables[third]!];
  const rows = resizedRows(image, placement);
  for (let y = 0; y < placement.height; y++) {
    const row = rows(y);
    let at = (placement.top + y) * input.width + placement.left;
    for (let x = 0; x < row.length; x += 3, at++) {
      target[first * plane + at] = red[row[x]!]!;
      target[second * plane + at] = green[row[x + 1]!]!;
      target[third * plane + at] = blue[row[x + 2]!]!;
    }
  }
}

/** For each channel of the model, the input value of each of the 256 pixel values. */
function channelTables({ scale, mean, std }: Preprocess): Float32Array[] {
  return mean.map((offset, channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value * scale - offset) / std[channel]!),
  );
}

const WEIGHT_BITS = 11;
const ONE = 1 << WEIGHT_BITS;

/** Gives the resized image row by row; the returned row is overwritten by the next call. */
function resizedRows(image: Image, { width, height }: Size): (y: number) => Uint8Array {
  const { data } = image;
  const stride = image.width * 3;
  if (width === image.width && height === image.height) {
    return (y) => data.subarray(y * stride, (y + 1) * stride);
  }
  const across = taps(image.width, width);
  const down = taps(image.height, height);
  const kept = [new Int32Array(width * 3), new Int32Array(width * 3)] as const;
  const keptRow = [-1, -1];
  const result = new Uint8Array(width * 3);
  const horizontal = (sourceRow: number): Int32Array => {
    const slot = sourceRow & 1;
    const row = kept[slot === 0 ? 0 : 1];
    if (keptRow[slot] === sourceRow) return row;
    keptRow[slot] = sourceRow;
    const base = sourceRow * stride;
    for (let x = 0; x < width; x++) {
      const left = base + across.first[x]! * 3;
      const right = base + across.second[x]! * 3;
      const weight = across.weight[x]!;
      for (let c = 0; c < 3; c++) {
        row[x * 3 + c] = data[left + c]! * (ONE - weight) + data[right + c]! * weight;
      }
    }
    return row;
  };
  return (y) => {
    const upper = horizontal(down.first[y]!);
    const lower = horizontal(down.second[y]!);
    const weight = down.weight[y]!;
    for (let i = 0; i < result.length; i++) {
      const above = ((ONE - weight) * (upper[i]! >> 4)) >> 16;
      const below = (weight * (lower[i]! >> 4)) >> 16;
      result[i] = (above + below + 2) >> 2;
    }
    return result;
  };
}

/** The two source pixels of each target pixel and the second one's weight, 0 to 2048. */
function taps(
  source: number,
  target: number,
): { first: Int32Array; second: Int32Array; weight: Int32Array } {
  const first = new Int32Array(target);
  const second = new Int32Array(target);
  const weight = new Int32Array(target);
  const scale = source / target;
  for (let i = 0; i < target; i++) {
    const position = (i + 0.5) * scale - 0.5;
    const floor = Math.floor(position);
    const inside = floor >= 0 && floor < source - 1;
    first[i] = Math.min(Math.max(floor, 0), source - 1);
    second[i] = inside ? floor + 1 : first[i]!;
    weight[i] = inside ? Math.round((position - floor) * ONE) : 0;
  }
  return { first, second, weight };
}
