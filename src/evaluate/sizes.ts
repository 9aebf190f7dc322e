import { boxArea } from '../boxes/boxes.ts';
import { ALL_THRESHOLDS } from './match.ts';
import { matchTables } from './match-tables.ts';
import { type MatchedCondition, scoreCondition } from './score.ts';

/** COCO's area ranges in square pixels, both ends included. */
const SIZES = {
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const;

export type Size = keyof typeof SIZES;

/** The sizes, small first. */
export const sizes = ['small', 'medium', 'large'] as const satisfies readonly Size[];

/** Whether an area lies in COCO's range of a size. */
export function isOfSize(area: number, size: Size): boolean {
  const [least, most] = SIZES[size];
  return area >= least && area <= most;
}

/**
 * COCO's AP@[.50:.95] of the objects of a size, x 100, the mean over classes: objects of another size are
 * ignored, and so is a detection of another size that matches nothing. Null without objects of that size.
 *
 * @see pycocotools `cocoeval.py`, `evaluateImg` with `aRng`: APs, APm and APl. Sizes go by the truth's `areas`.
 */
export function sizePrecision(condition: MatchedCondition, size: Size): number | null {
  const { areas, classes } = condition.truth;
  const ignored = Uint8Array.from(condition.truth.ignored);
  let wanted = 0;
  for (let row = 0; row < classes.length; row++) {
    if (!isOfSize(areas[row]!, size)) ignored[row] = 1;
    else if (!ignored[row] && !condition.truth.crowd[row]) wanted += 1;
  }
  if (wanted === 0) return null;
  const truth = { ...condition.truth, ignored };
  const { detections, ranked } = condition;
  const matches = matchTables(truth, detections, ranked.starts.length - 1);
  for (let row = 0; row < matches.matched.length; row++) {
    if (isOfSize(boxArea(detections.boxes, 4 * row), size)) continue;
    matches.ignored[row]! |= ALL_THRESHOLDS & ~matches.matched[row]!;
  }
  return scoreCondition({ ...condition, truth, matches }).map;
}
