import { boxArea } from '../boxes/boxes.ts';
import { ALL_THRESHOLDS, matchOverlaps } from './match.ts';
import { ignoredRows, type MatchedCondition, type OverlappedCondition } from './score.ts';
import type { RowsByClass } from './table.ts';

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
 * A condition as COCO's AP of a size has it: objects of another size are ignored, and so is a detection of another
 * size that matches nothing. Null without objects of that size.
 *
 * @see pycocotools `cocoeval.py`, `evaluateImg` with `aRng`: APs, APm and APl. Sizes go by the truth's `areas`.
 */
export function conditionOfSize(
  condition: OverlappedCondition,
  size: Size,
): MatchedCondition | null {
  const { areas, crowd } = condition.truth;
  const [least, most] = SIZES[size];
  const ignored = Uint8Array.from(condition.truth.ignored);
  let wanted = 0;
  for (let row = 0; row < ignored.length; row++) {
    if (areas[row]! < least || areas[row]! > most) ignored[row] = 1;
    else if (!ignored[row] && !crowd[row]) wanted += 1;
  }
  if (wanted === 0) return null;
  const truth = { ...condition.truth, ignored };
  const { boxes, classes } = condition.detections;
  const counting = { ignore: ignoredRows(truth), crowd };
  const matches = matchOverlaps(condition.overlaps, classes.length, counting);
  for (let row = 0; row < classes.length; row++) {
    const area = boxArea(boxes, 4 * row);
    if (area >= least && area <= most) continue;
    matches.ignored[row]! |= ALL_THRESHOLDS & ~matches.matched[row]!;
  }
  return { ...condition, truth, matches, ranked: countingRows(condition.ranked, matches.ignored) };
}

/** Without the detections that count at no threshold: most are of another size, and they decide no precision. */
function countingRows({ rows, starts }: RowsByClass, ignored: Uint16Array): RowsByClass {
  const left = new Uint32Array(rows.length);
  const from = new Uint32Array(starts.length);
  let count = 0;
  for (let wanted = 0; wanted + 1 < starts.length; wanted++) {
    for (let at = starts[wanted]!; at < starts[wanted + 1]!; at++) {
      const row = rows[at]!;
      if (ignored[row] !== ALL_THRESHOLDS) left[count++] = row;
    }
    from[wanted + 1] = count;
  }
  return { rows: left.subarray(0, count), starts: from };
}
