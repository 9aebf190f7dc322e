import { z } from 'zod';
import { mapSamples } from '../../image/lookup.ts';
import type { Random } from '../../image/random.ts';
import type { Size } from '../../image/image.ts';
import type { Perturbation } from '../perturbation.ts';

const params = z.strictObject({
  streaks: z.number().min(0).max(100),
  length: z.number().positive().max(1),
  light: z.number().min(0).max(1),
});

/** Bright slanted streaks over a darkened image; the slant is drawn for the image, the places for each streak. */
export const rain: Perturbation<z.infer<typeof params>> = {
  name: 'rain',
  title: 'Rain',
  family: 'weather',
  simulates: 'rain, streaks of drops',
  source: {
    paper: 'own table, after the streaks of Albumentations’ RandomRain',
    reference: 'none',
  },
  version: 1,
  params,
  severities: [
    { streaks: 6, length: 0.04, light: 0.95 },
    { streaks: 10, length: 0.06, light: 0.9 },
    { streaks: 15, length: 0.08, light: 0.8 },
    { streaks: 20, length: 0.1, light: 0.7 },
    { streaks: 30, length: 0.12, light: 0.6 },
  ],
  apply(image, { streaks, length, light }, random) {
    const darkened = mapSamples(image, (sample) => sample * light);
    const data = darkened.data.slice();
    // Where streaks cross, the darkened sample is covered once.
    forStreaks(image, streaks, length, random, (pixel) => {
      for (let k = 0; k < 3; k++) {
        const sample = darkened.data[3 * pixel + k]!;
        data[3 * pixel + k] = sample + (DROP[k]! - sample) * OPACITY + 0.5;
      }
    });
    return { ...image, data };
  },
};

const DROP = [200, 200, 205];
const OPACITY = 0.6;

/**
 * Visits the pixels of all streaks.
 *
 * @param streaks For every 10,000 pixels.
 * @param length  Fraction of the shorter side.
 */
function forStreaks(
  { width, height }: Size,
  streaks: number,
  length: number,
  random: Random,
  visit: (pixel: number) => void,
): void {
  const slant = random.uniform(0) * 0.7 - 0.35;
  const count = Math.ceil((streaks * width * height) / 10_000);
  const steps = Math.max(2, Math.round(length * Math.min(width, height)));
  for (let streak = 0; streak < count; streak++) {
    const x = random.uniform(1 + 2 * streak) * width;
    const y = random.uniform(2 + 2 * streak) * (height + steps) - steps;
    for (let step = 0; step < steps; step++) {
      const column = Math.floor(x + slant * step);
      const row = Math.floor(y) + step;
      if (column < 0 || column >= width || row < 0 || row >= height) continue;
      visit(row * width + column);
    }
  }
}
