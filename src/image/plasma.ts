import type { Image, Size } from './image.ts';
import { type Place, type Scratch, scratch } from './kernels.ts';
import { copyBytes } from './room.ts';
import type { Random } from './random.ts';

const FLOAT_BYTES = 4;
const ICE_DECAY = 1.5;
/** Floats behind a row of a map: its first ones again. */
const WRAP = 4;
/** Less than a thousandth of a grey level: whole numbers stay themselves when they are truncated. */
const TRUNCATION = 2 ** -10;

/** A cloud-like height map in the kernels' memory. */
interface Cloud {
  readonly map: Place;
  /** A power of two; rows are WRAP floats longer. */
  readonly side: number;
  readonly least: number;
  readonly range: number;
}

/**
 * Adds a cloud and scales back to the image's range; clipped and truncated. In float32.
 *
 * @param amount What the cloud's highest point adds, of full scale.
 * @param decay  How much less each finer step of the cloud wobbles.
 */
export function addCloud(image: Image, amount: number, decay: number, random: Random): Image {
  const memory = scratch();
  const source = memory.put(image.data);
  const { map, side, least, range } = makeCloud(memory, cloudSide(image), decay, random);
  const greatest = memory.reserve(1);
  memory.kernels.findGreatest(source, image.data.length, greatest);
  const brightest = memory.bytes(greatest, 1)[0]! / 255;
  // A black image stays black, whatever the amount.
  const keep = brightest === 0 ? 0 : brightest / (brightest + amount);
  const share = (keep * amount * 255) / range;
  return addPlane(memory, image, {
    source,
    plane: map,
    pitch: side + WRAP,
    keep,
    shares: [share, share, share],
    offset: TRUNCATION - share * least,
  });
}

/**
 * Adds a texture of ice, made of ridges of clouds; clipped and truncated. In float32.
 *
 * @param keep How much of the image stays.
 * @param ice  How much of the texture is added.
 * @param tint Of the texture, for each channel.
 */
export function addIce(
  image: Image,
  { keep, ice, tint }: { keep: number; ice: number; tint: readonly [number, number, number] },
  random: Random,
): Image {
  const { width, height, data } = image;
  const memory = scratch();
  const source = memory.put(data);
  const { map, side, least, range } = makeCloud(memory, cloudSide(image), ICE_DECAY, random);
  const pitch = Math.ceil(width / 4) * 4;
  const plane = memory.reserve(pitch * height * FLOAT_BYTES);
  memory.kernels.freeze(plane, width, height, map, side, least, 1 / range);
  const [red, green, blue] = tint;
  return addPlane(memory, image, {
    source,
    plane,
    pitch,
    keep,
    shares: [ice * red, ice * green, ice * blue],
    offset: TRUNCATION,
  });
}

function addPlane(
  memory: Scratch,
  { width, height, data }: Image,
  {
    source,
    plane,
    pitch,
    keep,
    shares,
    offset,
  }: {
    source: Place;
    plane: Place;
    pitch: number;
    keep: number;
    shares: readonly [number, number, number];
    offset: number;
  },
): Image {
  const target = memory.reserve(data.length);
  memory.kernels.addPlane(source, target, width, height, plane, pitch, keep, ...shares, offset);
  return { width, height, data: copyBytes(memory.bytes(target, data.length)) };
}

/** The next power of two, as in the reference. */
function cloudSide({ width, height }: Size): number {
  let side = 4;
  while (side < Math.max(width, height)) side *= 2;
  return side;
}

/**
 * A height map by the diamond-square method.
 *
 * @see imagecorruptions 1.1.2 `plasma_fractal`
 */
function makeCloud(memory: Scratch, side: number, decay: number, random: Random): Cloud {
  const room = (of: number): Place => memory.reserve(of * (of + WRAP) * FLOAT_BYTES);
  let [map, other] = [room(side), room(side)];
  const rows = memory.reserve(5 * (side + 32) * FLOAT_BYTES);
  memory.floats(map, 2).fill(0);
  let wobble = 100;
  for (let of = 1; of < side; of *= 2, wobble /= decay) {
    memory.kernels.refine(map, of, other, rows, wobble, ...random.key);
    [map, other] = [other, map];
  }
  const rangeAt = memory.reserve(2 * FLOAT_BYTES);
  memory.kernels.findRange(map, side, rangeAt);
  const [least, most] = memory.floats(rangeAt, 2);
  return { map, side, least: least!, range: most! - least! };
}
