import type { Image } from '../../src/image/image.ts';

const f = Math.fround;
const NUDGE = f(5e-5);
const HUE_NUDGE = f(3e-4);

type Colour = readonly [red: number, green: number, blue: number];

/** An image whose every colour is changed; truncated. */
function mapColours(image: Image, change: (...colour: Colour) => Colour): Image {
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < data.length; i += 3) {
    data.set(change(image.data[i]!, image.data[i + 1]!, image.data[i + 2]!), i);
  }
  return { ...image, data };
}

/** `mapSamples` in plain JavaScript, as are the others their namesakes. */
export function mapSamplesPortable(
  image: Image,
  value: (sample: number, channel: number) => number,
): Image {
  return { ...image, data: image.data.map((sample, i) => value(sample, i % 3)) };
}

export function greyscalePortable(image: Image): Image {
  return mapColours(image, (r, g, b) => {
    const luma = (4899 * r + 9617 * g + 1868 * b + 8192) >> 14;
    return [luma, luma, luma];
  });
}

export function channelMeansPortable({ width, height, data }: Image): number[] {
  return [0, 1, 2].map((channel) => {
    const samples = data.filter((_, i) => i % 3 === channel);
    return samples.reduce((sum, sample) => sum + sample, 0) / (width * height);
  });
}

export function raiseValuePortable(image: Image, addition: number): Image {
  const add = f(addition);
  return mapColours(image, (r, g, b) => {
    const value = Math.max(r, g, b);
    const factor = f(Math.min(f(value + add), 255) / Math.max(value, 1));
    const lift = value === 0 ? f(add + NUDGE) : NUDGE;
    return [f(f(r * factor) + lift), f(f(g * factor) + lift), f(f(b * factor) + lift)];
  });
}

export function changeSaturationPortable(
  image: Image,
  { scale, add }: { readonly scale: number; readonly add: number },
): Image {
  return mapColours(image, (r, g, b) => {
    const value = Math.max(r, g, b);
    const delta = value - Math.min(r, g, b);
    const most = f(value / Math.max(delta, 1));
    const wanted = f((delta === 0 ? 0 : f(scale)) + f(f(add) * most));
    const factor = Math.max(Math.min(wanted, most), 0);
    const off = delta === 0 ? 1 : 0;
    const moved = (distance: number): number => f(f(value + NUDGE) - f(distance * factor));
    return [moved(value - r), moved(value - g + off), moved(value - b + off)];
  });
}

export function turnHuePortable(image: Image, turn: number): Image {
  return mapColours(image, (r, g, b) => {
    const value = Math.max(r, g, b);
    const delta = value - Math.min(r, g, b);
    const [primary, side] = hueOf(r, g, b, value);
    const turned = f(f(primary + f(side / Math.max(delta, 1))) + f(turn * 6));
    const rounds = Math.floor(f(turned * f(1 / 6)));
    const hue = f(turned - f(rounds * 6));
    const below = (share: number): number =>
      f(f(value + HUE_NUDGE) - f(delta * Math.min(Math.max(share, 0), 1)));
    return [
      below(f(2 - Math.abs(f(hue - 3)))),
      below(f(Math.abs(f(hue - 2)) - 1)),
      below(f(Math.abs(f(hue - 4)) - 1)),
    ];
  });
}

/** The nearest primary, in sixths of a turn, and how far to its side, times the largest difference. */
function hueOf(r: number, g: number, b: number, value: number): [number, number] {
  if (b === value) return [4, r - g];
  if (g === value) return [2, b - r];
  return [0, g - b];
}
