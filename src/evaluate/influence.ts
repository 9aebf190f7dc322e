import {
  type ClassMatches,
  markedRows,
  type MarkedRows,
  mean,
  rankHits,
} from './average-precision.ts';
import { type Deletable, deletable, precisionsWithout } from './delete-one.ts';
import { IOU_THRESHOLDS } from './match.ts';

const ALL_THRESHOLDS = [...IOU_THRESHOLDS.keys()];

/** The leverage correction never divides by less than this. */
const LEAST_LEVERAGE = 0.1;

/**
 * True positives that are visited to leave groups out exactly, at one threshold: all groups of some hundred images,
 * the weightiest of thousands, whose others each move next to nothing.
 */
const VISITS = 15_000;

/** The same for what no verdict rests on: the few weightiest groups. */
export const FEW_VISITS = 1500;

/**
 * Influence of every group of images on the AP of one class (mean over IoU thresholds, 0 to 1): by how much the AP
 * falls when the group is left out, beside the mean of that over all groups. So their sum is 0 and (G - 1) / G times
 * their squares is the variance by the delete-one-group jackknife, of the AP over all recalls. The weightiest groups are
 * left out and everything is counted anew; the others have the derivative, divided by their leverage.
 *
 * @param matches Of the class; `positives` over 0.
 * @param groupOf Group of each image.
 * @param groups  Number of groups.
 * @param thresholds Indexes of the IoU thresholds that the AP is the mean over.
 * @param visits True positives that are visited to leave groups out exactly.
 * @see STATISTICS.md 2.1, docs/how-sure.md.
 */
export function classInfluence(
  matches: ClassMatches,
  groupOf: Int32Array,
  groups: number,
  thresholds: readonly number[] = ALL_THRESHOLDS,
  visits = VISITS,
): Float64Array {
  const marked = markedRows(matches);
  const exact = deletable(matches, marked, groupOf, groups, thresholds);
  const most = Math.floor(visits / Math.max(marked.rows.length, 1));
  const influence =
    most < groups
      ? linearInfluence(matches, marked, groupOf, exact.positivesOf, thresholds)
      : new Float64Array(groups);
  const chosen = weightiest(exact, most);
  const [all, ...without] = precisionsWithout(exact, [null, ...chosen]);
  chosen.forEach((g, i) => (influence[g] = all! - without[i]!));
  return centred(influence);
}

/** So many groups at most: with a large part of the objects, or with detections among the first. */
function weightiest(
  { positives, positivesOf, rowsOf: { rows, starts } }: Deletable,
  most: number,
): number[] {
  const weight = positivesOf.map((count, g) => {
    const first = starts[g]! < starts[g + 1]! ? rows[starts[g]!]! : Infinity;
    return Math.max(count / positives, 1 / (first + 1));
  });
  const groups = [...weight.keys()].filter((g) => weight[g]! > 0);
  if (groups.length <= most) return groups;
  return groups.toSorted((a, b) => weight[b]! - weight[a]! || a - b).slice(0, most);
}

function centred(values: Float64Array): Float64Array {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

/** The derivative of the all-points AP with respect to each group's weight, divided by the group's leverage. */
function linearInfluence(
  matches: ClassMatches,
  marked: MarkedRows,
  groupOf: Int32Array,
  positivesOf: Float64Array,
  thresholds: readonly number[],
): Float64Array {
  const { positives } = matches;
  const influence = new Float64Array(positivesOf.length);
  const room = roomFor(matches.matched.length, marked.rows.length);
  let precisions = 0;
  for (const t of thresholds) {
    precisions += addHits(matches, marked, t, groupOf, influence, room) / positives;
  }
  subtractCosts(matches, room.cost, groupOf, influence);
  return influence.map((value, g) => {
    const leverage = Math.max(1 - positivesOf[g]! / positives, LEAST_LEVERAGE);
    const total = value - precisions * positivesOf[g]!;
    return total / (positives * leverage * thresholds.length);
  });
}

/** What is used again for every threshold. */
interface Room {
  /** Rank of each hit from 1, among the detections that count. */
  readonly ranks: Int32Array;
  /** Of each hit the best precision at it or later, and how many hits have theirs from it. */
  readonly envelope: Float64Array;
  readonly weight: Float64Array;
  /** What each detection and all before it cost, over all thresholds. */
  readonly cost: Float64Array;
}

function roomFor(rows: number, marked: number): Room {
  return {
    ranks: new Int32Array(marked),
    envelope: new Float64Array(marked),
    weight: new Float64Array(marked),
    cost: new Float64Array(rows),
  };
}

/**
 * Adds what the hits of one threshold bring to each group, and notes at the hits that decide a precision what
 * they let every detection before them cost: the many false ones then need one pass for all thresholds.
 *
 * @returns Sum of the precisions: the all-points AP times the positives.
 */
function addHits(
  { images }: ClassMatches,
  marked: MarkedRows,
  threshold: number,
  groupOf: Int32Array,
  influence: Float64Array,
  room: Room,
): number {
  const bit = 1 << threshold;
  let hit = rankHits(marked, threshold, room.ranks);
  const sum = fillEnvelope(hit, room);
  let a = 0;
  let b = 0;
  for (let at = marked.rows.length - 1; at >= 0; at--) {
    const row = marked.rows[at]!;
    const group = groupOf[images[row]!]!;
    if (marked.ignored[at]! & bit) influence[group]! += b;
    else if (marked.matched[at]! & bit) {
      hit -= 1;
      const rank = room.ranks[hit]!;
      const step = (room.weight[hit]! * (hit + 1)) / (rank * rank);
      a += room.weight[hit]! / rank;
      b += step;
      room.cost[row]! += step;
      influence[group]! += room.envelope[hit]! + a;
    }
  }
  return sum;
}

/** For each hit the best precision at it or later, and where that is reached; returns the sum. */
function fillEnvelope(hits: number, { ranks, envelope, weight }: Room): number {
  weight.fill(0, 0, hits);
  let sum = 0;
  let best = 0;
  let decides = hits - 1;
  for (let hit = hits - 1; hit >= 0; hit--) {
    const precision = (hit + 1) / ranks[hit]!;
    if (precision >= best) [best, decides] = [precision, hit];
    envelope[hit] = best;
    weight[decides]! += 1;
    sum += best;
  }
  return sum;
}

/** Subtracts from each group what its detections cost. */
function subtractCosts(
  { images }: ClassMatches,
  cost: Float64Array,
  groupOf: Int32Array,
  influence: Float64Array,
): void {
  let total = 0;
  for (let row = cost.length - 1; row >= 0; row--) {
    total += cost[row]!;
    influence[groupOf[images[row]!]!]! -= total;
  }
}
