import type { Image } from './image.ts';
import { type Scratch, scratch } from './kernels.ts';
import { type Edge, edges } from './plane.ts';
import { copyBytes } from './room.ts';

/** Samples of a row are computed in blocks of this many. */
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
  readonly data: Uint8Array | Float32Array;
}

/** Pixels that are needed beyond each edge. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly above: number;
  readonly below: number;
}

/**
 * Every sample becomes the weighted sum of its neighbours. Products and sums are float32, tap by tap in the
 * order given.
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
  const memory = scratch();
  const target = sumInto(memory, samples, taps, edge, 'floats');
  return takeFloats(memory, target, samples);
}

/** `sumTaps` of an image; the sums are clipped to 0 to 255 and truncated. */
export function blurImage(image: Image, taps: readonly Tap[], edge: Edge = 'nearest'): Image {
  const memory = scratch();
  const target = sumInto(memory, { ...image, channels: 3 }, taps, edge, 'bytes');
  return { ...image, data: copyBytes(memory.bytes(target, image.data.length)) };
}

/**
 * Sums rows with one list of weights, then columns with another, in float32.
 *
 * @param across An odd number of weights, the middle one for the sample itself, as is `down`.
 * @returns      `width * height * channels` floats.
 */
export function sumSeparable(
  samples: Samples,
  across: ArrayLike<number>,
  down: ArrayLike<number>,
  edge: Edge,
): Float32Array {
  const memory = scratch();
  const target = sumPasses(memory, samples, across, down, edge, 'floats');
  return takeFloats(memory, target, samples);
}

/** `sumSeparable` of an image; the sums are clipped to 0 to 255 and truncated. */
export function blurSeparable(image: Image, kernel: ArrayLike<number>, edge: Edge): Image {
  const memory = scratch();
  const target = sumPasses(memory, { ...image, channels: 3 }, kernel, kernel, edge, 'bytes');
  return { ...image, data: copyBytes(memory.bytes(target, image.data.length)) };
}

type Results = 'floats' | 'bytes';

function sumInto(
  memory: Scratch,
  samples: Samples,
  taps: readonly Tap[],
  edge: Edge,
  results: Results,
): number {
  const { at, stride, origin } = pad(memory, samples, marginsOf(taps), edge);
  const places = taps.map(({ dx, dy }) => origin + dy * stride + dx * samples.channels);
  const weights = taps.map(({ weight }) => weight);
  return runTaps(memory, samples, { at, stride, places, weights }, results);
}

function sumPasses(
  memory: Scratch,
  samples: Samples,
  across: ArrayLike<number>,
  down: ArrayLike<number>,
  edge: Edge,
  results: Results,
): number {
  const { width, height, channels } = samples;
  const [reachAcross, reachDown] = [(across.length - 1) / 2, (down.length - 1) / 2];
  const rowLength = rowLengthOf(samples);
  const middle = memory.reserve((height + 2 * reachDown) * rowLength * FLOAT_BYTES);
  const margins = { left: reachAcross, right: reachAcross, above: 0, below: 0 };
  const padded = pad(memory, samples, margins, edge);
  runTaps(
    memory,
    samples,
    {
      at: padded.at,
      stride: padded.stride,
      places: Array.from(across, (_, i) => i * channels),
      weights: across,
    },
    'floats',
    middle + reachDown * rowLength * FLOAT_BYTES,
  );
  const rows = memory.floats(middle, (height + 2 * reachDown) * rowLength);
  for (let y = -reachDown; y < height + reachDown; y++) {
    if (y === 0) y = height;
    const from = (reachDown + edges[edge](y, height)) * rowLength;
    rows.copyWithin((reachDown + y) * rowLength, from, from + width * channels);
  }
  const places = Array.from(down, (_, i) => i * rowLength);
  return runTaps(
    memory,
    samples,
    { at: middle, stride: rowLength, places, weights: down },
    results,
  );
}

/** A padded picture and where its taps lie, in floats from a sample's place. */
interface Taps {
  readonly at: number;
  readonly stride: number;
  readonly places: readonly number[];
  readonly weights: ArrayLike<number>;
}

function runTaps(
  memory: Scratch,
  samples: Samples,
  { at, stride, places, weights }: Taps,
  results: Results,
  place?: number,
): number {
  const { width, height, channels } = samples;
  const rowLength = rowLengthOf(samples);
  const target = place ?? memory.reserve(rowLength * height * FLOAT_BYTES);
  memory.kernels.sumTaps(
    at,
    stride,
    target,
    rowLength,
    height,
    memory.put(Int32Array.from(places)),
    memory.put(Float32Array.from(weights)),
    places.length,
    results === 'bytes' ? width * channels : 0,
  );
  return target;
}

function rowLengthOf({ width, channels }: Samples): number {
  return Math.ceil((width * channels) / BLOCK) * BLOCK;
}

function takeFloats(memory: Scratch, target: number, samples: Samples): Float32Array {
  const [length, rowLength] = [samples.width * samples.channels, rowLengthOf(samples)];
  const rows = memory.floats(target, rowLength * samples.height);
  if (rowLength === length) return rows.slice();
  const result = new Float32Array(length * samples.height);
  for (let y = 0; y < samples.height; y++) {
    result.set(rows.subarray(y * rowLength, y * rowLength + length), y * length);
  }
  return result;
}

/** What taps need beyond the edges. */
export function marginsOf(taps: readonly Tap[]): Margins {
  let [left, right, above, below] = [0, 0, 0, 0];
  for (const { dx, dy } of taps) {
    left = Math.max(left, -dx);
    right = Math.max(right, dx);
    above = Math.max(above, -dy);
    below = Math.max(below, dy);
  }
  return { left, right, above, below };
}

/** A picture with what lies beyond its edges, so that no tap needs a check. */
interface Padded {
  readonly at: number;
  /** Samples of a row. */
  readonly stride: number;
  /** Samples from the beginning to the picture's first. */
  readonly origin: number;
}

function pad(memory: Scratch, samples: Samples, margins: Margins, edge: Edge): Padded {
  const { width, height, channels, data } = samples;
  const { left, right, above, below } = margins;
  const stride = rowLengthOf(samples) + (left + right) * channels;
  const rows = range(-above, height + below).map((y) => edges[edge](y, height));
  const columns = [...range(-left, 0), ...range(width, width + right)].flatMap((x) => [
    (left + x) * channels,
    edges[edge](x, width) * channels,
  ]);
  const at = memory.reserve(rows.length * stride * FLOAT_BYTES);
  const kernel = data instanceof Uint8Array ? memory.kernels.padToFloats : memory.kernels.padFloats;
  kernel(
    memory.put(data),
    width * channels,
    channels,
    at,
    stride,
    left * channels,
    memory.put(Int32Array.from(rows)),
    rows.length,
    memory.put(Int32Array.from(columns)),
    columns.length / 2,
  );
  return { at, stride, origin: above * stride + left * channels };
}

/** Whole numbers from `from` to under `to`. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
