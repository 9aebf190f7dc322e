import type { GroundTruth } from '../boxes/labels.ts';
import { moveGroundTruth } from '../boxes/move.ts';
import type { Warp } from '../boxes/warp.ts';
import type { Sample } from '../dataset/dataset.ts';
import type { Image, Size } from '../image/image.ts';
import { createRandom } from '../image/random.ts';
import type { Condition } from './condition.ts';
import { conditionWarp, perturbImage } from './perturb.ts';

/**
 * An image as a condition shows it. The draw is keyed by seed, image content, perturbation and severity:
 * the same for every model, independent from image to image.
 *
 * @param digest SHA-256 of the image file, hex.
 */
export async function changedImage(
  image: Image,
  digest: string,
  condition: Condition,
  seed: number,
): Promise<Image> {
  if (condition.kind === 'clean') return image;
  const { perturbation, severity } = condition;
  return perturbImage(image, condition, createRandom(seed, digest, perturbation, severity));
}

/** How a condition moves the points of an image; null where they stay. Draws what `changedImage` draws. */
export function changedWarp(
  size: Size,
  digest: string,
  condition: Condition,
  seed: number,
): Warp | null {
  if (condition.kind === 'clean') return null;
  const { perturbation, severity } = condition;
  return conditionWarp(size, condition, () => createRandom(seed, digest, perturbation, severity));
}

/** The ground truth of an image as a condition shows it: same rows, same order. */
export function changedTruth(sample: Sample, condition: Condition, seed: number): GroundTruth {
  const warp = changedWarp(sample, sample.digest, condition, seed);
  return warp ? moveGroundTruth(sample.groundTruth, sample.polygons, warp) : sample.groundTruth;
}
