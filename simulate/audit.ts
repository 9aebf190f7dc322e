import type { Run } from '../src/baseline/run.ts';
import { gatedClasses } from '../src/compare/compare.ts';
import { type Groups, groupsOf, mapColumns } from '../src/compare/condition-columns.ts';
import { jointTest, NO_ERROR, standardErrorOf } from '../src/compare/max-t.ts';
import { type Node, suiteNodes, weigh, weighColumns } from '../src/compare/nodes.ts';
import { averagePrecisions, type ClassMatches, mean } from '../src/evaluate/average-precision.ts';
import { classMatches, matchCondition, type MatchedCondition } from '../src/evaluate/score.ts';
import { streamOf } from './random.ts';
import type { Results } from './results.ts';

const ALPHA = 0.05;
/** Replicates of the linearised test: the product's. */
const LINEAR = 4000;

type Models = readonly [baseline: ClassMatches[], candidate: ClassMatches[]];

/**
 * Influence values beside exact recomputation, on two runs of the same images: the delete-one-group jackknife and
 * the multinomial bootstrap over groups, AP computed anew by the product's scorer each time.
 *
 * @param replicates Of the full bootstrap.
 */
export async function audit(
  baseline: Run,
  candidate: Run,
  replicates: number,
): Promise<Omit<Results['audit'][number], 'pair'>> {
  const { manifest } = candidate;
  const groups = groupsOf(manifest);
  const classCount = manifest.dataset.classes.length;
  const gated = gatedClasses(await candidate.truth(0), groups, classCount);
  const nodes = suiteNodes(manifest.suite.conditions);
  const draws = weightsOf(groups.count, replicates);
  const linear: Float64Array[] = [];
  const drops: number[] = [];
  const deleted: Float64Array[] = [];
  const redrawn: Float64Array[] = [];
  for (const condition of manifest.suite.conditions.keys()) {
    const truth = await candidate.truth(condition);
    const matched = [baseline, candidate].map(async (run) =>
      matchCondition(truth, await run.detections(condition), classCount),
    );
    const [a, b] = await Promise.all(matched);
    const [before, after] = [mapColumns(a!, gated, groups), mapColumns(b!, gated, groups)];
    linear.push(before.influence.map((value, g) => value - after.influence[g]!));
    drops.push(before.map - after.map);
    const models: Models = [matchesOf(a!, gated), matchesOf(b!, gated)];
    const recompute = (weights: Uint16Array): number => dropOf(models, weights, groups);
    deleted.push(
      Float64Array.from({ length: groups.count }, (_, g) =>
        recompute(new Uint16Array(groups.count).fill(1).fill(0, g, g + 1)),
      ),
    );
    redrawn.push(Float64Array.from(draws, recompute));
  }
  return {
    images: manifest.images.length,
    groups: groups.count,
    replicates,
    ...summarise(nodes, { linear, drops, deleted, redrawn }, groups, manifest.suite.seed),
  };
}

interface Columns {
  /** Influence of each group on a condition's drop. */
  readonly linear: readonly Float64Array[];
  readonly drops: readonly number[];
  /** The drop without each group, and in each replicate. */
  readonly deleted: readonly Float64Array[];
  readonly redrawn: readonly Float64Array[];
}

function summarise(
  nodes: readonly Node[],
  { linear, drops, deleted, redrawn }: Columns,
  groups: Groups,
  seed: number,
): Omit<Results['audit'][number], 'pair' | 'images' | 'groups' | 'replicates'> {
  const measured = nodes
    .map(({ weights }) => {
      const influence = weighColumns(weights, linear, groups.count);
      const without = weighColumns(weights, deleted, groups.count);
      const again = weighColumns(weights, redrawn, redrawn[0]!.length);
      const drop = weigh(weights, drops);
      const centre = mean(without);
      const squares = without.reduce((sum, value) => sum + (value - centre) ** 2, 0);
      return {
        influence,
        again,
        drop,
        maxDrop: 0,
        standardError: standardErrorOf(influence),
        jackknife: Math.sqrt(((groups.count - 1) / groups.count) * squares),
        bootstrap: deviation(again),
      };
    })
    .filter(({ standardError }) => standardError > NO_ERROR);
  const joint = jointTest(measured, groups.count, LINEAR, seed, ALPHA);
  const largest = redrawn[0]!.map((_, b) =>
    Math.max(
      ...measured.map((node) => Math.abs(node.again[b]! - mean(node.again)) / node.bootstrap),
    ),
  );
  const bootstrapCritical = quantile(largest, 1 - ALPHA);
  const ratios = Float64Array.from(measured, (node) => node.standardError / node.jackknife);
  const outside = measured.map(({ drop, standardError, bootstrap }) => ({
    ours: Math.abs(drop) > joint.criticalTwoSided * standardError,
    theirs: Math.abs(drop) > bootstrapCritical * bootstrap,
  }));
  return {
    nodes: measured.length,
    ratio: { least: quantile(ratios, 0), median: quantile(ratios, 0.5), most: quantile(ratios, 1) },
    bootstrapRatio: quantile(
      Float64Array.from(measured, (node) => node.bootstrap / node.jackknife),
      0.5,
    ),
    critical: joint.criticalTwoSided,
    bootstrapCritical,
    both: outside.filter(({ ours, theirs }) => ours && theirs).length,
    oursOnly: outside.filter(({ ours, theirs }) => ours && !theirs).length,
    bootstrapOnly: outside.filter(({ ours, theirs }) => !ours && theirs).length,
  };
}

function matchesOf(condition: MatchedCondition, gated: readonly boolean[]): ClassMatches[] {
  return gated.flatMap((counts, wanted) => (counts ? [classMatches(condition, wanted)] : []));
}

/** The drop of mAP, x 100, with every group counted so many times; classes that vanish leave both models. */
function dropOf([before, after]: Models, weights: Uint16Array, groups: Groups): number {
  const drops: number[] = [];
  before.forEach((matches, i) => {
    const [a, b] = [matches, after[i]!].map((one) =>
      averagePrecisions(reweigh(one, weights, groups)),
    );
    if (a && b) drops.push(mean(a) - mean(b));
  });
  return 100 * mean(drops);
}

/** The matches of a test set in which every group is there so many times. */
function reweigh(matches: ClassMatches, weights: Uint16Array, groups: Groups): ClassMatches {
  const rows: number[] = [];
  matches.images.forEach((image, row) => {
    for (let copy = weights[groups.of[image]!]!; copy > 0; copy--) rows.push(row);
  });
  const positivesOfImage = matches.positivesOfImage.map(
    (count, image) => count * weights[groups.of[image]!]!,
  );
  return {
    images: Int32Array.from(rows, (row) => matches.images[row]!),
    matched: Uint16Array.from(rows, (row) => matches.matched[row]!),
    ignored: Uint16Array.from(rows, (row) => matches.ignored[row]!),
    positives: positivesOfImage.reduce((sum, count) => sum + count, 0),
    positivesOfImage,
  };
}

function weightsOf(groups: number, replicates: number): Uint16Array[] {
  return Array.from({ length: replicates }, (_, replicate) => {
    const random = streamOf(replicate, 99);
    const weights = new Uint16Array(groups);
    for (let i = 0; i < groups; i++) weights[Math.floor(random.uniform() * groups)]! += 1;
    return weights;
  });
}

function deviation(values: Float64Array): number {
  const centre = mean(values);
  return Math.sqrt(
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1),
  );
}

function quantile(values: Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)]!;
}
