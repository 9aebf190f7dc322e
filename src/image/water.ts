import { cannyEdges } from './canny.ts';
import { chamferDistance } from './distance.ts';
import type { Image } from './image.ts';
import { scratch } from './kernels.ts';
import { copyBytes } from './room.ts';

const FARTHEST = 20;

/** What `lightWater` asks for beside its planes. */
const WORK_BYTES = 2048;

/**
 * Adds pale water that is lit like drops with bright rims. Without liquid the picture stays; the reference divides
 * by 0 there.
 *
 * @param liquid Height at each pixel, 0 to 255.
 * @param amount Added where most water shows, of the whole colour.
 * @see imagecorruptions 1.1.2 `spatter`, severities 1 to 3.
 */
export function addWater(image: Image, liquid: Uint8Array, amount: number): Image {
  const { width, height, data } = image;
  const distances = chamferDistance(image, cannyEdges(image, liquid, 50, 150), FARTHEST);
  const memory = scratch();
  const source = memory.put(data);
  const target = memory.reserve(data.length);
  const water = memory.reserve(liquid.length * 2);
  const work = memory.reserve((width + 2) * (height + 2) * 4 + liquid.length + WORK_BYTES);
  const [near, levels] = [memory.put(distances), memory.put(liquid)];
  memory.kernels.lightWater(near, width, height, levels, water, work);
  memory.kernels.addWater(source, liquid.length, water, amount, target);
  return { width, height, data: copyBytes(memory.bytes(target, data.length)) };
}
