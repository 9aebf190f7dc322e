import { roundHalfEven } from '../../src/image/exact.ts';
import type { Image, Size } from '../../src/image/image.ts';
import type { FlakeLayer } from '../../src/image/snow.ts';
import { zoomLine } from '../../src/image/zoom.ts';
import { between, blendRowsPortable } from './zoom.ts';

const { fround } = Math;

/** `drawFlakes` in plain JavaScript. */
export function drawFlakesPortable(
  { width, height }: Size,
  field: Float32Array,
  {
    mean,
    sigma,
    zoom,
    threshold,
  }: { mean: number; sigma: number; zoom: number; threshold: number },
): FlakeLayer {
  const noise = field.map((value) => fround(value * fround(sigma)) + fround(mean));
  const across = zoomLine(width, zoom);
  const down = zoomLine(height, zoom);
  const [columns, rows] = [across.index.length, down.index.length];
  const data = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const line = blendRowsPortable(noise, width, height, down.index[y]!, down.fraction[y]!);
    for (let x = 0; x < columns; x++) {
      const index = across.index[x]!;
      const value = between(line[index] ?? 0, line[index + 1] ?? 0, across.fraction[x]!);
      data[y * columns + x] = value < fround(threshold) ? 0 : Math.min(value, 1);
    }
  }
  return { width: columns, height: rows, channels: 1, data };
}

/** `addSnow` in plain JavaScript. */
export function addSnowPortable(
  { width, height, data }: Image,
  layer: FlakeLayer,
  keep: number,
): Image {
  const kept = fround(keep);
  const rest = fround(1 - kept);
  const luma = [0.299, 0.587, 0.114].map(fround);
  const flake = (x: number, y: number): number =>
    roundHalfEven(fround(255 * layer.data[y * layer.width + x]!));
  const out = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const [x, y] = [(i / 3) % width, Math.floor(i / 3 / width)];
    const snow = flake(x, y) + flake(width - 1 - x, height - 1 - y);
    const [r, g, b] = luma.map((share, k) => fround(share * data[i + k]!));
    const grey = fround(fround(r! + g!) + b!);
    const white = fround(fround(grey * 1.5) + 127.5);
    for (let k = 0; k < 3; k++) {
      const sample = data[i + k]!;
      const under = fround(fround(kept * sample) + fround(rest * Math.max(sample, white)));
      out[i + k] = Math.floor(fround(fround(under + snow) + fround(5e-5)));
    }
  }
  return { width, height, data: new Uint8Array(out.buffer) };
}
