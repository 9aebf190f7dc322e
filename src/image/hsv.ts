import type { Image } from './image.ts';

/**
 * Changes hue and saturation, keeps the value (the largest of red, green and blue).
 *
 * @param turn  Added to the hue, in turns.
 * @param scale Factor of the saturation, to which `add` is added; clipped to 0 to 1.
 * @see scikit-image `rgb2hsv`, `hsv2rgb`: grey has hue 0 (red).
 */
export function changeHsv(
  image: Image,
  { turn, scale, add }: { readonly turn: number; readonly scale: number; readonly add: number },
): Image {
  const { data } = image;
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
    const value = Math.max(r, g, b);
    const delta = value - Math.min(r, g, b);
    const saturation = Math.min(Math.max((delta === 0 ? 0 : delta / value) * scale + add, 0), 1);
    let hue = hueOf(r, g, b, delta) + turn * 6;
    hue -= 6 * Math.floor(hue / 6);
    // 1 on the third of the circle around a primary, falling to 0 on both sides.
    out[i] = value * (1 - saturation * (1 - ramp(Math.abs(hue - 3) - 1))) + 1e-9;
    out[i + 1] = value * (1 - saturation * (1 - ramp(2 - Math.abs(hue - 2)))) + 1e-9;
    out[i + 2] = value * (1 - saturation * (1 - ramp(2 - Math.abs(hue - 4)))) + 1e-9;
  }
  return { ...image, data: out };
}

/** Sixths of a turn, -1 to 5. */
function hueOf(r: number, g: number, b: number, delta: number): number {
  if (delta === 0) return 0;
  const value = Math.max(r, g, b);
  if (b === value) return 4 + (r - g) / delta;
  if (g === value) return 2 + (b - r) / delta;
  return (g - b) / delta;
}

function ramp(x: number): number {
  return Math.min(Math.max(x, 0), 1);
}
