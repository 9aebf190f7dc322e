import { uniform } from '../__tests__/helpers/scenes.ts';

export interface SceneOptions {
  readonly images: number;
  readonly classes: number;
  /** Objects and detections of an image, on average. */
  readonly objects: number;
  readonly detections: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly class: number;
  /** `[x1, y1, x2, y2]`. */
  readonly box: readonly [number, number, number, number];
  /** 0 to 1. */
  readonly confidence: number;
}

/** Objects of drawn images, small ones more often than large ones. */
export function drawObjects(options: SceneOptions, seed: number): Box[][] {
  const random = uniform(seed);
  const { images, objects } = options;
  return Array.from({ length: images }, () =>
    Array.from({ length: Math.round(2 * objects * random()) }, () => drawBox(options, random)),
  );
}

/**
 * What a detector answers at a floor near zero: most objects found, some twice, and many weak false boxes.
 *
 * @param skill Chance that an object is found.
 */
export function drawAnswers(
  objects: readonly (readonly Box[])[],
  options: SceneOptions,
  skill: number,
  seed: number,
): Box[][] {
  const random = uniform(seed);
  return objects.map((truth) => {
    const found = truth.flatMap((object) => {
      if (random() > skill) return [];
      const copies = random() < 0.3 ? 2 : 1;
      return Array.from({ length: copies }, () => ({
        ...shifted(object, random),
        class: object.class,
      }));
    });
    const wanted = Math.round(options.detections * (0.4 + 1.2 * random()));
    const wrong = Array.from({ length: Math.max(0, wanted - found.length) }, () => {
      const box = drawBox(options, random);
      return { ...box, confidence: Math.fround(0.001 + 0.6 * box.confidence ** 4) };
    });
    return [...found, ...wrong];
  });
}

function drawBox({ classes, width, height }: SceneOptions, random: () => number): Box {
  const [w, h] = [10 + 0.6 * width * random() ** 3, 10 + 0.6 * height * random() ** 3];
  const [x, y] = [(width - w) * random(), (height - h) * random()];
  return {
    // Some classes are common, most are rare.
    class: Math.floor(classes * random() ** 2),
    box: [x, y, x + w, y + h],
    confidence: Math.fround(random()),
  };
}

function shifted({ box: [x1, y1, x2, y2] }: Box, random: () => number): Omit<Box, 'class'> {
  const [w, h] = [x2 - x1, y2 - y1];
  const off = (size: number): number => 0.3 * size * (random() - 0.5) * random();
  const confidence = Math.fround(0.2 + 0.8 * random());
  return { box: [x1 + off(w), y1 + off(h), x2 + off(w), y2 + off(h)], confidence };
}
