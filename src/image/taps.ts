import { Buffer } from 'node:buffer';
import { type Edge, edges } from './plane.ts';
import { TAPS_WASM } from './taps-wasm.ts';

/** Floats of a row are computed in blocks of this many. */
const BLOCK = 16;
const FLOAT_BYTES = 4;
const PAGE_BYTES = 65536;
/** The module keeps nothing in memory; the first bytes are left alone all the same. */
const FIRST_BYTE = 1024;

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
  const at = layout([floats, results, taps.length, taps.length]);
  const [source = 0, target = 0, offsetAt = 0, weightAt = 0] = at;
  const { kernel, memory } = module();
  reserve(memory, weightAt + taps.length * FLOAT_BYTES);
  padded.fill(new Float32Array(memory.buffer, source, floats));
  new Int32Array(memory.buffer, offsetAt, taps.length).set(offsets);
  new Float32Array(memory.buffer, weightAt, taps.length).set(weights);
  kernel(source, stride, target, rowLength, samples.height, offsetAt, weightAt, taps.length);
  return unpad(new Float32Array(memory.buffer, target, results), rowLength, samples);
}

/** What `sumTaps` does, in plain JavaScript: the twin that the tests hold the kernel against. */
export function sumTapsPortable(
  samples: Samples,
  taps: readonly Tap[],
  edge: Edge = 'nearest',
): Float32Array {
  const padded = padSamples(samples, taps, edge);
  const { stride, rowLength, offsets, weights, floats } = padded;
  const source = new Float32Array(floats);
  padded.fill(source);
  const target = new Float32Array(rowLength * samples.height);
  for (let y = 0; y < samples.height; y++) {
    for (let t = 0; t < taps.length; t++) {
      const from = y * stride + offsets[t]!;
      for (let i = 0; i < rowLength; i++) {
        const at = y * rowLength + i;
        target[at] = target[at]! + Math.fround(weights[t]! * source[from + i]!);
      }
    }
  }
  return unpad(target, rowLength, samples);
}

function padSamples(samples: Samples, taps: readonly Tap[], edge: Edge): Padded {
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

function unpad(
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

/** Where in memory arrays of these many 32-bit values begin. */
function layout(lengths: readonly number[]): number[] {
  let at = FIRST_BYTE;
  return lengths.map((length) => {
    const start = at;
    at += Math.ceil((length * FLOAT_BYTES) / 16) * 16;
    return start;
  });
}

function reserve(memory: WebAssembly.Memory, bytes: number): void {
  // A block may be read past the last row.
  const missing = bytes + PAGE_BYTES - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

type Kernel = (...parameters: number[]) => void;

function isKernel(value: unknown): value is Kernel {
  return typeof value === 'function';
}

let instance: { kernel: Kernel; memory: WebAssembly.Memory } | null = null;

function module(): { kernel: Kernel; memory: WebAssembly.Memory } {
  if (instance) return instance;
  const memory = new WebAssembly.Memory({ initial: 16 });
  const compiled = new WebAssembly.Module(Buffer.from(TAPS_WASM, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernel = exports['sumTaps'];
  if (!isKernel(kernel)) throw new TypeError('the kernel module has no sumTaps');
  instance = { kernel, memory };
  return instance;
}
