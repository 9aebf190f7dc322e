import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Image } from '../../src/image/image.ts';
import { createRandom } from '../../src/image/random.ts';
import { conditionOf } from '../../src/perturb/suite.ts';
import { changedImage, changedWarp } from '../../src/perturb/change.ts';
import { perturbations } from '../../src/perturb/registry.ts';
import type { Condition } from '../../src/perturb/condition.ts';

function condition(name: string, severity: number): Condition {
  const found = perturbations.find((perturbation) => perturbation.name === name);
  if (!found) throw new RangeError(name);
  return conditionOf(found, severity);
}

function grey(width: number, height: number, level: number): Image {
  return { width, height, data: new Uint8Array(width * height * 3).fill(level) };
}

/** Mean, variance and kurtosis of all samples of 1,000 draws of a small grey image. */
async function moments(
  name: string,
  level: number,
): Promise<{ mean: number; variance: number; kurtosis: number }> {
  const samples: number[] = [];
  for (let draw = 0; draw < 1000; draw++) {
    const { data } = await changedImage(grey(8, 8, level), `${draw}`, condition(name, 1), 0);
    samples.push(...data);
  }
  const average = (value: (sample: number) => number): number =>
    samples.reduce((sum, sample) => sum + value(sample), 0) / samples.length;
  const mean = average((sample) => sample);
  const variance = average((sample) => (sample - mean) ** 2);
  return { mean, variance, kurtosis: average((sample) => (sample - mean) ** 4) / variance ** 2 };
}

const SAMPLES = 1000 * 8 * 8 * 3;

describe('over 1,000 draws', () => {
  // Truncation takes half a grey level from the mean and adds 1/12 to the variance.
  it.each([
    ['gaussian_noise', 128, 127.5, (0.08 * 255) ** 2 + 1 / 12],
    ['speckle_noise', 128, 127.5, (0.15 * 128) ** 2 + 1 / 12],
    ['shot_noise', 102, 101.6, 24 * (255 / 60) ** 2],
    [
      'impulse_noise',
      100,
      100 + 0.015 * (255 - 100) - 0.015 * 100,
      0.015 * (155 ** 2 + 100 ** 2) - (0.015 * 55) ** 2,
    ],
  ])('%s has the mean and the variance of its formula', async (name, level, mean, variance) => {
    const found = await moments(name, level);
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / SAMPLES) + 0.15);
    const error = Math.sqrt((found.kurtosis - 1) / SAMPLES);
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(5 * error);
  });

  it('gaussian_noise is white: neighbours do not go together', async () => {
    let [product, count] = [0, 0];
    for (let draw = 0; draw < 1000; draw++) {
      const image = grey(8, 8, 128);
      const { data } = await changedImage(image, `${draw}`, condition('gaussian_noise', 1), 0);
      for (const lag of [1, 3, 24]) {
        for (let i = 0; i + lag < data.length; i++, count++) {
          product += (data[i]! - 127.5) * (data[i + lag]! - 127.5);
        }
      }
    }
    expect(Math.abs(product / count / (0.08 * 255) ** 2)).toBeLessThan(5 / Math.sqrt(count));
  });

  it('motion_blur and the signs of rotation come out evenly', () => {
    const draws = Array.from({ length: 1000 }, (_, draw) => `${draw}`);
    const right = draws.filter((digest) => {
      const warp = changedWarp({ width: 10, height: 10 }, digest, condition('rotation', 3), 0);
      return (warp?.affine?.[1] ?? 0) > 0;
    }).length;
    expect(Math.abs(right - 500)).toBeLessThan(5 * Math.sqrt(250));
    const angles = draws.map((digest) => createRandom(0, digest, 'motion_blur', 1).uniform(0));
    const mean = angles.reduce((total, angle) => total + angle, 0) / 1000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 / Math.sqrt(12 * 1000));
  });
});

describe('the whole suite', () => {
  it('gives these bytes on every platform', async () => {
    const image = {
      width: 61,
      height: 47,
      data: Uint8Array.from({ length: 61 * 47 * 3 }, (_, i) => (i * i + (i >> 3) * 29) % 256),
    };
    const hash = createHash('sha256');
    for (const perturbation of perturbations) {
      for (let severity = 1; severity <= perturbation.severities.length; severity++) {
        const changed = await changedImage(image, 'fixed', conditionOf(perturbation, severity), 0);
        hash.update(`${perturbation.name} ${severity} ${changed.width}`).update(changed.data);
      }
    }
    // Another digest means another version of what changed: raise its `version`, then write the new one here.
    expect(hash.digest('hex')).toBe(
      '3e58fba234bd95e2eaed62662588e0d869aeb104afd9574c0c76ae662958fb20',
    );
  });

  it('gives every image the same, in whatever order', async () => {
    const [first, second] = [grey(9, 7, 90), grey(9, 7, 160)];
    const of = (image: Image, digest: string): Promise<Image> =>
      changedImage(image, digest, condition('gaussian_noise', 2), 0);
    const forwards = [await of(first, 'a'), await of(second, 'b')];
    const backwards = [await of(second, 'b'), await of(first, 'a')];
    expect(backwards.toReversed()).toEqual(forwards);
    expect((await of(first, 'b')).data).not.toEqual(forwards[0]?.data);
  });
});
