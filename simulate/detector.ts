import { z } from 'zod';
import type { DetectionTable, TruthTable } from '../src/boxes/labels.ts';
import labelCounts from './label-counts.json' with { type: 'json' };
import { streamOf } from './random.ts';

const { classes, images } = z
  .object({
    source: z.string(),
    classes: z.array(z.string()),
    images: z.array(z.array(z.int().min(0))),
  })
  .parse(labelCounts);

/** Class names of the simulated data set: those of the real one that its label counts come from. */
export const classNames: readonly string[] = classes;

/**
 * Standard deviations of what makes an object hard, on the logit scale on which a model's skill is given.
 * Tuned so that clean mAP is near 0.51, AP50 near 0.80 and the two models' mAP over data sets correlate near 0.78.
 */
const SPREAD = {
  /** Of an image and of an object in it: the same for both models and all conditions. */
  image: 0.6,
  object: 0.8,
  /** Of an object under a condition, for both models. */
  changed: 0.5,
  /** A model's own view of an object in all conditions, and in one. */
  model: 1.1,
  once: 0.45,
} as const;

/** Side of an object and distance between two: no box meets another object's. */
const [SIDE, PITCH] = [40, 120];
/** False detections are drawn in so many places of an image. */
const FALSE_PLACES = 4;
const FALSE_MEAN = -1.6;

/** A drawn test set: what both models and all conditions share. */
export interface Scene {
  readonly truth: TruthTable;
  readonly hardness: Float64Array;
  readonly falseLatent: Float64Array;
  readonly falseClasses: Int32Array;
}

/** Draws a test set: label counts of real images, with replacement. */
export function drawScene(imageCount: number, key: readonly number[]): Scene {
  const random = streamOf(...key, 1);
  const offsets = new Uint32Array(imageCount + 1);
  const ofRows: number[] = [];
  const hardness: number[] = [];
  const boxes: number[] = [];
  for (let image = 0; image < imageCount; image++) {
    const counts = images[Math.floor(random.uniform() * images.length)]!;
    const shared = SPREAD.image * random.normal();
    let place = 0;
    counts.forEach((count, wanted) => {
      for (let i = 0; i < count; i++) {
        const x = PITCH * place++;
        boxes.push(x, 0, x + SIDE, SIDE);
        ofRows.push(wanted);
        hardness.push(shared + SPREAD.object * random.normal() + classShift(wanted));
      }
    });
    offsets[image + 1] = ofRows.length;
  }
  const places = imageCount * FALSE_PLACES;
  const rows = ofRows.length;
  return {
    truth: {
      offsets,
      boxes: Float64Array.from(boxes),
      classes: Int32Array.from(ofRows),
      areas: new Float64Array(rows).fill(SIDE * SIDE),
      crowd: new Uint8Array(rows),
      ignored: new Uint8Array(rows),
    },
    hardness: Float64Array.from(hardness),
    falseLatent: Float64Array.from({ length: places }, () => FALSE_MEAN + random.normal()),
    falseClasses: Int32Array.from({ length: places }, () =>
      Math.floor(random.uniform() * classes.length),
    ),
  };
}

/** Some classes are harder than others. */
function classShift(wanted: number): number {
  return 0.25 * ((wanted % 3) - 1);
}

/** What one model sees in a scene, condition by condition. */
export interface Detector {
  /** @param skill Logit: the higher, the more and the tighter. */
  detect(condition: number, skill: number): DetectionTable;
}

/**
 * A model on a scene. Its luck in a condition does not depend on its skill there, so that scenarios of one key
 * differ by skill alone.
 */
export function openDetector(scene: Scene, model: number, key: readonly number[]): Detector {
  const own = streamOf(...key, 2, model);
  const view = scene.hardness.map((value) => value + SPREAD.model * own.normal());
  const falseView = scene.falseLatent.map((value) => value + SPREAD.model * own.normal());
  return {
    detect: (condition, skill) => {
      const shared = streamOf(...key, 3, condition);
      const once = streamOf(...key, 4, condition, model);
      return detections(scene, view, falseView, skill, () => [
        SPREAD.changed * shared.normal() + SPREAD.once * once.normal(),
        once.normal(),
      ]);
    },
  };
}

function detections(
  { truth, falseClasses }: Scene,
  view: Float64Array,
  falseView: Float64Array,
  skill: number,
  draw: () => readonly [latent: number, noise: number],
): DetectionTable {
  const imageCount = truth.offsets.length - 1;
  const most = view.length + falseView.length;
  const offsets = new Uint32Array(imageCount + 1);
  const boxes = new Float64Array(4 * most);
  const classOf = new Int32Array(most);
  const confidences = new Float64Array(most);
  let at = 0;
  const add = (x: number, y: number, wanted: number, latent: number): void => {
    boxes[4 * at] = x;
    boxes[4 * at + 1] = y;
    boxes[4 * at + 2] = x + SIDE;
    boxes[4 * at + 3] = y + SIDE;
    classOf[at] = wanted;
    confidences[at] = Math.fround(1 / (1 + Math.exp(-latent)));
    at += 1;
  };
  for (let image = 0; image < imageCount; image++) {
    for (let row = truth.offsets[image]!; row < truth.offsets[image + 1]!; row++) {
      const [latent, noise] = draw();
      const strength = view[row]! + skill + latent;
      if (strength < -1.6) continue;
      // A box moved by s of its side has an IoU of (1 - s) / (1 + s).
      const iou = 0.38 + 0.6 / (1 + Math.exp(-(0.7 * strength + 0.2 + 0.6 * noise)));
      const moved = (SIDE * (1 - iou)) / (1 + iou);
      add(truth.boxes[4 * row]! + moved, 0, truth.classes[row]!, strength + 0.4 * noise);
    }
    for (let place = image * FALSE_PLACES; place < (image + 1) * FALSE_PLACES; place++) {
      const [latent] = draw();
      const strength = falseView[place]! + latent;
      if (strength > -2.5) add(PITCH * place, 3 * PITCH, falseClasses[place]!, strength);
    }
    offsets[image + 1] = at;
  }
  return {
    offsets,
    boxes: boxes.slice(0, 4 * at),
    classes: classOf.slice(0, at),
    confidences: confidences.slice(0, at),
  };
}
