import type { Image } from './image.ts';

/**
 * Adds `scale` times a field to every sample, or that times the sample itself; clipped and truncated.
 *
 * @param field A value for each sample.
 */
export function addField(image: Image, field: Float32Array, scale: number): Image {
  const { data } = image;
  const out = new Uint8ClampedArray(data.length);
  // A clamped array rounds; floor first to truncate.
  for (let i = 0; i < data.length; i++) out[i] = Math.floor(data[i]! + scale * field[i]!);
  return { ...image, data: new Uint8Array(out.buffer) };
}

/** Multiplies every sample by 1 + `scale` times a field; clipped and truncated. */
export function scaleByField(image: Image, field: Float32Array, scale: number): Image {
  const { data } = image;
  const out = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i++) {
    out[i] = Math.floor(data[i]! * (1 + scale * field[i]!) + 1e-9);
  }
  return { ...image, data: new Uint8Array(out.buffer) };
}
