import { join } from 'node:path';
import { readRun } from '../src/baseline/read.ts';
import type { Run } from '../src/baseline/run.ts';
import type { ConditionColumns } from '../src/compare/condition-columns.ts';
import { type Node, suiteNodes, weigh } from '../src/compare/nodes.ts';
import type { DetectionTable, TruthTable } from '../src/boxes/labels.ts';
import { unmatched } from '../src/evaluate/match.ts';
import { matchCondition, type MatchedCondition, rankCondition } from '../src/evaluate/score.ts';
import { judgeColumns, matchedColumns } from './compare.ts';
import { type Stream, streamOf } from './random.ts';
import { addTallies, emptyTally, type Results } from './results.ts';

/** One condition of a pool, matched for each model. */
type PooledCondition = readonly [first: MatchedCondition, second: MatchedCondition];

/** The detections of two models on many images. */
export interface Pool {
  readonly images: number;
  readonly classes: number;
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
  const { suite, images, dataset } = runs[0].manifest;
  const classes = dataset.classes.length;
  const conditions: PooledCondition[] = [];
  for (const condition of suite.conditions.keys()) {
    const truth = await runs[0].truth(condition);
    const match = async (run: Run): Promise<MatchedCondition> =>
      matchCondition(truth, await run.detections(condition), classes);
    conditions.push([await match(runs[0]), await match(runs[1])]);
  }
  const whole = Array.from(images.keys());
  const drops = conditions.map((condition) => {
    const [before, after] = [0, 1].map(
      (model) => columnsOf(condition, classes, whole, () => model).map,
    );
    return before! - after!;
  });
  const nodes = suiteNodes(suite.conditions);
  return { images: images.length, classes, nodes, conditions, drops };
}

/** The product's scores of a test set: some images of the pool, each predicted by the first or the second model. */
function columnsOf(
  models: PooledCondition,
  classCount: number,
  drawn: readonly number[],
  modelOf: (position: number) => number,
): ConditionColumns {
  const parts = drawn.map((image, position) => ({ image, of: models[modelOf(position)]! }));
  const truth = concatTruth(parts);
  const detections = concatDetections(parts);
  const matches = unmatched(detections.classes.length);
  parts.forEach(({ image, of }, position) => {
    const [from, to] = spanOf(of.detections, image);
    const at = detections.offsets[position]!;
    matches.matched.set(of.matches.matched.subarray(from, to), at);
    matches.ignored.set(of.matches.ignored.subarray(from, to), at);
  });
  return matchedColumns(
    rankCondition(truth, detections, matches, classCount),
    Array.from({ length: classCount }, () => true),
  );
}

/** An image of the pool, with the model that predicts it. */
interface Part {
  readonly image: number;
  readonly of: MatchedCondition;
}

/** What of the ground truth is scored; boxes are matched before. */
function concatTruth(parts: readonly Part[]): TruthTable {
  const spans = parts.map(({ image, of }) => spanOf(of.truth, image));
  const offsets = offsetsOf(spans);
  const rows = offsets[parts.length]!;
  const table = {
    offsets,
    boxes: new Float64Array(),
    areas: new Float64Array(),
    classes: new Int32Array(rows),
    crowd: new Uint8Array(rows),
    ignored: new Uint8Array(rows),
  };
  spans.forEach(([from, to], position) => {
    const { truth } = parts[position]!.of;
    table.classes.set(truth.classes.subarray(from, to), offsets[position]);
    table.crowd.set(truth.crowd.subarray(from, to), offsets[position]);
    table.ignored.set(truth.ignored.subarray(from, to), offsets[position]);
  });
  return table;
}

function concatDetections(parts: readonly Part[]): DetectionTable {
  const spans = parts.map(({ image, of }) => spanOf(of.detections, image));
  const offsets = offsetsOf(spans);
  const rows = offsets[parts.length]!;
  const [classes, confidences] = [new Int32Array(rows), new Float64Array(rows)];
  spans.forEach(([from, to], position) => {
    const { detections } = parts[position]!.of;
    classes.set(detections.classes.subarray(from, to), offsets[position]);
    confidences.set(detections.confidences.subarray(from, to), offsets[position]);
  });
  return { offsets, boxes: new Float64Array(), classes, confidences };
}

type Span = readonly [from: number, to: number];

function spanOf({ offsets }: { readonly offsets: Uint32Array }, image: number): Span {
  return [offsets[image]!, offsets[image + 1]!];
}

function offsetsOf(spans: readonly Span[]): Uint32Array {
  let at = 0;
  return Uint32Array.of(0, ...spans.map(([from, to]) => (at += to - from)));
}

/** What is compared: the models as they are, or with the detections of each image swapped or not by a coin. */
export type Pairing = 'as they are' | 'swapped at random';

/**
 * Draws test sets from a pool, with replacement, and judges each.
 *
 * @returns The tally, and the largest true drop of clean images or a family.
 */
export function judgePool(
  pool: Pool,
  pairing: Pairing,
  images: number,
  requests: number,
): Pick<Results['pools'][number], 'largestDrop' | 'tally'> {
  const drops = pairing === 'as they are' ? pool.drops : pool.drops.map(() => 0);
  let tally = emptyTally();
  for (let request = 0; request < requests; request++) {
    const random = streamOf(images, request, 77);
    const drawn = draw(random, pool.images, images);
    const swap = drawn.map(() => pairing !== 'as they are' && random.uniform() < 0.5);
    const side = (model: number): ConditionColumns[] =>
      pool.conditions.map((condition) =>
        columnsOf(condition, pool.classes, drawn, (position) =>
          swap[position] ? 1 - model : model,
        ),
      );
    tally = addTallies(tally, judgeColumns(pool.nodes, side(0), side(1), request, drops));
  }
  const claimed = pool.nodes.filter(({ level }) => level === 'clean' || level === 'family');
  const largestDrop = Math.max(...claimed.map(({ weights }) => weigh(weights, drops)));
  return { largestDrop, tally };
}

function draw(random: Stream, from: number, count: number): number[] {
  return Array.from({ length: count }, () => Math.floor(random.uniform() * from));
}
