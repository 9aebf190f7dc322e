import type { Edge } from '../../src/image/plane.ts';
import { padSamples, type Samples, type Tap, unpad } from '../../src/image/taps.ts';

/** `sumTaps` in plain JavaScript: products and sums in float32, tap by tap. */
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
