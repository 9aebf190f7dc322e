import { scratch } from './kernels.ts';
import { type Edge, edges } from './plane.ts';

/** Floats of a row are computed in blocks of this many. */
const BLOCK = 16;
const FLOAT_BYTES = 4;

/** One sample of a weighted sum: how far from the target's own place, and its weight. */
export interface Tap {
  /** Pixels to the right and down. */
  readonly dx: number;
  readonly dy: number;
  readonly weight: number;
}

/** Samples row by row, interleaved. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: ArrayLike<number>;
}

/** A picture in float32 with what lies beyond its edges, so that no tap needs a check. */
interface Padded {
  /** Floats of a row of the padded picture. */
  readonly stride: number;
  /** Floats of a row of the result: the picture's, rounded up to whole blocks. */
  readonly rowLength: number;
  /** Offset of each tap in floats, from a pixel's place in the padded picture. */
  readonly offsets: Int32Array;
  readonly weights: Float32Array;
  readonly floats: number;
  fill(target: Float32Array): void;
}

/**
 * Every sample becomes the weighted sum of its neighbours. Products and sums are float32, tap by tap in the
 * order given: WebAssembly SIMD and `sumTapsPortable` give the same bits.
 *
 * @param taps Any number; weights of a blur sum to 1.
 * @param edge What lies beyond the edges.
 * @returns    `width * height * channels` floats.
 */
export function sumTaps(
  samples: Samples,
  taps: readonly Tap[],
  edge: Edge = 'nearest',
): Float32Array {
  const padded = padSamples(samples, taps, edge);
  const { stride, rowLength, offsets, weights, floats } = padded;
  const results = rowLength * samples.height;
  const memory = scratch();
  const source = memory.reserve(floats * FLOAT_BYTES);
  const target = memory.reserve(results * FLOAT_BYTES);
  const offsetAt = memory.put(offsets);
  const weightAt = memory.put(weights);
  padded.fill(memory.floats(source, floats));
  memory.kernels.sumTaps(
    source,
    stride,
    target,
    rowLength,
    samples.height,
    offsetAt,
    weightAt,
    taps.length,
  );
  return unpad(memory.floats(target, results), rowLength, samples);
}

/** The picture as the kernel takes it. */
export function padSamples(samples: Samples, taps: readonly Tap[], edge: Edge): Padded {
  const { width, height, channels, data } = samples;
  const reach = (values: number[]): number => Math.max(0, ...values);
  const left = reach(taps.map(({ dx }) => -dx));
  const right = reach(taps.map(({ dx }) => dx));
  const above = reach(taps.map(({ dy }) => -dy));
  const below = reach(taps.map(({ dy }) => dy));
  const rowLength = Math.ceil((width * channels) / BLOCK) * BLOCK;
  const stride = (left + width + right) * channels + BLOCK;
  const start = above * stride + left * channels;
  return {
    stride,
    rowLength,
    offsets: Int32Array.from(taps, ({ dx, dy }) => start + dy * stride + dx * channels),
    weights: Float32Array.from(taps, ({ weight }) => weight),
    floats: (above + height + below) * stride,
    fill(target) {
      const inside = edges[edge];
      const beyond = [...range(-left, 0), ...range(width, width + right)].map((x) => ({
        to: (left + x) * channels,
        from: inside(x, width) * channels,
      }));
      for (let y = 0; y < height; y++) {
        const row = (above + y) * stride;
        const source = y * width * channels;
        const at = row + left * channels;
        for (let i = 0; i < width * channels; i++) target[at + i] = data[source + i]!;
        for (const { to, from } of beyond) {
          for (let k = 0; k < channels; k++) target[row + to + k] = data[source + from + k]!;
        }
        target.fill(0, row + stride - BLOCK, row + stride);
      }
      for (const y of [...range(-above, 0), ...range(height, height + below)]) {
        const from = (above + inside(y, height)) * stride;
        target.copyWithin((above + y) * stride, from, from + stride);
      }
    },
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** Cuts the rows of the result to the picture's length. */
export function unpad(
  target: Float32Array,
  rowLength: number,
  { width, height, channels }: Samples,
): Float32Array {
  const length = width * channels;
  if (rowLength === length) return target.slice();
  const result = new Float32Array(length * height);
  for (let y = 0; y < height; y++) {
    result.set(target.subarray(y * rowLength, y * rowLength + length), y * length);
  }
  return result;
}
