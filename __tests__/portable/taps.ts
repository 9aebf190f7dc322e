import { type Edge, edges } from '../../src/image/plane.ts';
import type { Samples, Tap } from '../../src/image/taps.ts';

/** `sumTaps` in plain JavaScript: products and sums in float32, tap by tap. */
export function sumTapsPortable(
  { width, height, channels, data }: Samples,
  taps: readonly Tap[],
  edge: Edge,
): Float32Array {
  const sums = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const [channel, pixel] = [i % channels, Math.floor(i / channels)];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    for (const { dx, dy, weight } of taps) {
      const from = edges[edge](y + dy, height) * width + edges[edge](x + dx, width);
      sums[i]! += Math.fround(Math.fround(weight) * data[from * channels + channel]!);
    }
  }
  return sums;
}

/** `blurByGroups` in plain JavaScript: whole numbers within a weight, then float32. */
export function sumGroupsPortable(
  samples: Samples,
  taps: readonly Tap[],
  edge: Edge,
): Float32Array {
  const weights = [...new Set(taps.map(({ weight }) => weight))];
  const parts = weights.map((weight) => {
    const same = taps.filter((tap) => tap.weight === weight);
    return sumTapsPortable(
      samples,
      same.map((tap) => ({ ...tap, weight: 1 })),
      edge,
    );
  });
  return parts[0]!.map((_, i) => {
    const terms = weights.map((weight, g) => Math.fround(Math.fround(weight) * parts[g]![i]!));
    return terms.reduce((sum, term) => Math.fround(sum + term), 0);
  });
}

/** Sums as bytes: clipped and truncated. */
export function truncated(sums: Float32Array): Uint8Array {
  return Uint8Array.from(sums, (sum) =>
    Math.min(Math.max(Math.fround(sum + Math.fround(5e-5)), 0), 255),
  );
}
