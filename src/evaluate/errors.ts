import { iou } from '../boxes/boxes.ts';
import type { FoundCondition } from './risk.ts';

/** IoU with an object that is not found, from which on a detection of its class is that object, in the wrong place. */
const NEAR = 0.1;

/** IoU from which on a detection of another class is that object, under the wrong name. */
const SAME_PLACE = 0.5;

/** What is wrong in the images of a condition at the operating confidence. Every error is counted once. */
export interface ErrorCounts {
  /** Objects that count. */
  readonly objects: number;
  /** Objects that nothing stands for. */
  readonly missed: number;
  /** Detections where nothing is, or a second one of an object. */
  readonly ghost: number;
  /** Objects with a detection of their class beside them, at an IoU of .10 to .50. */
  readonly moved: number;
  /** Objects with a detection of another class in their place. */
  readonly renamed: number;
}

/** An object that is not found, with the false detection that stands for it. */
interface Confusion {
  /** Row of the truth table. */
  readonly object: number;
  /** Row of the detection table. */
  readonly detection: number;
  readonly kind: 'moved' | 'renamed';
  readonly iou: number;
}

/** The errors of a condition, row by row. */
export interface DetectionErrors {
  /** Rows of the truth table. */
  readonly missed: readonly number[];
  /** Rows of the detection table. */
  readonly ghosts: readonly number[];
  readonly confusions: readonly Confusion[];
}

/**
 * Sorts what is not found and what is false into four kinds: an object and a false detection explain each other
 * when they overlap, those that overlap most first; what is left is missed, or a ghost.
 *
 * @see Bolya et al. 2020 (TIDE), whose background and duplicate errors are both ghosts here, and whose
 * "classification and localisation" is a miss and a ghost.
 */
export function detectionErrors(condition: FoundCondition): DetectionErrors {
  const { truth, findings } = condition;
  const missed: number[] = [];
  const ghosts: number[] = [];
  const confusions: Confusion[] = [];
  findings.spurious.forEach((spurious, image) => {
    const unfound: number[] = [];
    for (let row = truth.offsets[image]!; row < truth.offsets[image + 1]!; row++) {
      if (counts(condition, row) && !findings.found[row]) unfound.push(row);
    }
    const explained = pairUp(condition, unfound, spurious);
    const objects = new Set(explained.map(({ object }) => object));
    const detections = new Set(explained.map(({ detection }) => detection));
    missed.push(...unfound.filter((row) => !objects.has(row)));
    ghosts.push(...spurious.filter((row) => !detections.has(row)));
    confusions.push(...explained);
  });
  return { missed, ghosts, confusions };
}

function pairUp(
  condition: FoundCondition,
  objects: readonly number[],
  detections: readonly number[],
): Confusion[] {
  const near = objects
    .flatMap((object) => detections.flatMap((detection) => confusion(condition, object, detection)))
    .sort((a, b) => b.iou - a.iou || a.object - b.object || a.detection - b.detection);
  const taken = { objects: new Set<number>(), detections: new Set<number>() };
  return near.filter(({ object, detection }) => {
    if (taken.objects.has(object) || taken.detections.has(detection)) return false;
    taken.objects.add(object);
    taken.detections.add(detection);
    return true;
  });
}

function confusion(
  { truth, detections }: FoundCondition,
  object: number,
  detection: number,
): Confusion[] {
  const same = truth.classes[object] === detections.classes[detection];
  const overlap = iou(truth.boxes, 4 * object, detections.boxes, 4 * detection);
  if (overlap < (same ? NEAR : SAME_PLACE)) return [];
  return [{ object, detection, kind: same ? 'moved' : 'renamed', iou: overlap }];
}

/** How many errors of each kind there are. */
export function errorCounts(condition: FoundCondition): ErrorCounts {
  const { missed, ghosts, confusions } = detectionErrors(condition);
  const of = (wanted: Confusion['kind']): number =>
    confusions.filter(({ kind }) => kind === wanted).length;
  return {
    objects: condition.truth.classes.filter((_, row) => counts(condition, row)).length,
    missed: missed.length,
    ghost: ghosts.length,
    moved: of('moved'),
    renamed: of('renamed'),
  };
}

function counts({ truth }: FoundCondition, row: number): boolean {
  return !truth.ignored[row] && !truth.crowd[row];
}
