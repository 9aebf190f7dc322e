import { join } from 'node:path';
import { readRun } from '../src/baseline/read.ts';
import type { Run } from '../src/baseline/run.ts';
import type { ConditionColumns } from '../src/compare/condition-columns.ts';
import { type Node, suiteNodes, weigh } from '../src/compare/nodes.ts';
import { matchCondition, type MatchedCondition } from '../src/evaluate/score.ts';
import { judgeColumns, matchedColumns } from './compare.ts';
import { type Stream, streamOf } from './random.ts';
import { addTallies, emptyTally, type Tally } from './results.ts';

type MatchedRows = MatchedCondition['classes'][number][number];
type Sides = [first: MatchedRows | undefined, second: MatchedRows | undefined];

/** One condition of a pool, both models' detections in one table and matched: for each class and image, each model's rows. */
interface PooledCondition {
  readonly matched: MatchedCondition;
  readonly rows: readonly (readonly Sides[])[];
}

/** The detections of two models on many images. */
export interface Pool {
  readonly images: number;
  readonly nodes: readonly Node[];
  readonly conditions: readonly PooledCondition[];
  /** Candidate's drop in each condition over the whole pool, in points: the truth. */
  readonly drops: readonly number[];
}

/**
 * Reads a pool: matching depends on one image alone and is done once.
 *
 * @throws GateError when a run directory is damaged.
 */
export async function readPool(
  directory: string,
  baseline: string,
  candidate: string,
): Promise<Pool> {
  const runs = [
    await readRun(join(directory, baseline)),
    await readRun(join(directory, candidate)),
  ] as const;
  const { suite, images } = runs[0].manifest;
  const conditions: PooledCondition[] = [];
  for (const condition of suite.conditions.keys()) conditions.push(await poolOf(runs, condition));
  const whole = Array.from(images.keys());
  const drops = conditions.map((condition) => {
    const [before, after] = [0, 1].map((model) => columnsOf(condition, whole, () => model).map);
    return before! - after!;
  });
  return { images: images.length, nodes: suiteNodes(suite.conditions), conditions, drops };
}

async function poolOf(runs: readonly [Run, Run], condition: number): Promise<PooledCondition> {
  const classCount = runs[0].manifest.dataset.classes.length;
  const truth = await runs[0].truth(condition);
  const [a, b] = [await runs[0].detections(condition), await runs[1].detections(condition)];
  const first = matchCondition(truth, a, classCount);
  const second = matchCondition(truth, b, classCount);
  const shift = a.confidences.length;
  const both = {
    ...a,
    boxes: new Float64Array(),
    classes: new Int32Array(),
    confidences: concat(a.confidences, b.confidences),
  };
  const imageCount = truth.offsets.length - 1;
  const rows = first.classes.map((ofClass, wanted) => {
    const list = Array.from({ length: imageCount }, (): Sides => [undefined, undefined]);
    for (const row of ofClass) list[row.image]![0] = row;
    for (const row of second.classes[wanted]!) {
      list[row.image]![1] = { ...row, detections: row.detections.map((d) => d + shift) };
    }
    return list;
  });
  return { matched: { truth, detections: both, classes: [] }, rows };
}

function concat(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** The product's scores of a test set: some images of the pool, each predicted by the first or the second model. */
function columnsOf(
  { matched, rows }: PooledCondition,
  drawn: readonly number[],
  modelOf: (position: number) => number,
): ConditionColumns {
  const classes = rows.map((ofClass) =>
    drawn.flatMap((image, position) => {
      const found = ofClass[image]![modelOf(position)];
      return found ? [{ ...found, image: position }] : [];
    }),
  );
  const truth = { ...matched.truth, offsets: new Uint32Array(drawn.length + 1) };
  return matchedColumns(
    { ...matched, truth, classes },
    rows.map(() => true),
  );
}

/** What is compared: the models as they are, or with the detections of each image swapped or not by a coin. */
export const pairings = ['as they are', 'swapped at random'] as const;

export type Pairing = (typeof pairings)[number];

/** Simulated pull requests `from` up to `to`. */
export interface PoolPiece {
  readonly pairing: Pairing;
  readonly images: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Draws test sets from a pool, with replacement, and judges each.
 */
export function judgePool(pool: Pool, { pairing, images, from, to }: PoolPiece): Tally {
  const drops = truthOf(pool, pairing);
  let tally = emptyTally();
  for (let request = from; request < to; request++) {
    const random = streamOf(images, request, 77);
    const drawn = draw(random, pool.images, images);
    const swap = drawn.map(() => pairing !== 'as they are' && random.uniform() < 0.5);
    const side = (model: number): ConditionColumns[] =>
      pool.conditions.map((condition) =>
        columnsOf(condition, drawn, (position) => (swap[position] ? 1 - model : model)),
      );
    tally = addTallies(tally, judgeColumns(pool.nodes, side(0), side(1), request, drops));
  }
  return tally;
}

/** The largest true drop of clean images or a family, in points. */
export function largestDrop(pool: Pool, pairing: Pairing): number {
  const drops = truthOf(pool, pairing);
  const claimed = pool.nodes.filter(({ level }) => level === 'clean' || level === 'family');
  return Math.max(...claimed.map(({ weights }) => weigh(weights, drops)));
}

function truthOf({ drops }: Pool, pairing: Pairing): readonly number[] {
  return pairing === 'as they are' ? drops : drops.map(() => 0);
}

function draw(random: Stream, from: number, count: number): number[] {
  return Array.from({ length: count }, () => Math.floor(random.uniform() * from));
}
