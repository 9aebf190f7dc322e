import type { DetectionRow, TruthRow } from './tables.ts';

/** Uniform numbers in [0, 1) that are the same in every run (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Ground truth of drawn images: one to five objects, two classes. */
export function drawTruth(images: number, random: () => number): TruthRow[][] {
  return Array.from({ length: images }, () =>
    Array.from({ length: 1 + Math.floor(5 * random()) }, (_, k) => {
      const [x, y, side] = [120 * k, 300 * random(), 30 + 60 * random()];
      return { class: random() < 0.6 ? 0 : 1, box: [x, y, x + side, y + side] };
    }),
  );
}

/** What a model finds in them: each object with a chance of `skill`, a bit off, and false detections. */
export function drawDetections(
  truth: readonly (readonly TruthRow[])[],
  skill: number,
  random: () => number,
): DetectionRow[][] {
  return truth.map((objects) => {
    const found = objects.flatMap(({ class: of = 0, box: [x1, y1, x2, y2] }): DetectionRow[] => {
      if (random() > skill) return [];
      const shift = 0.25 * (x2 - x1) * random();
      return [
        { class: of, box: [x1 + shift, y1, x2 + shift, y2], confidence: 0.3 + 0.7 * random() },
      ];
    });
    const wrong = Array.from({ length: Math.floor(3 * random()) }, (): DetectionRow => {
      const x = 600 * random();
      return {
        class: random() < 0.5 ? 0 : 1,
        box: [x, 400, x + 50, 450],
        confidence: 0.8 * random(),
      };
    });
    return [...found, ...wrong];
  });
}
