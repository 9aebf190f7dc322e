import { commonPart } from '../baseline/common.ts';
import type { Run } from '../baseline/run.ts';
import type { Progress } from '../evaluate/progress.ts';
import { conditionWarps } from '../evaluate/score-run.ts';
import { judgedPart } from './compare.ts';
import { compareNodes } from './compare-nodes.ts';
import type { Comparison, Level, NodeComparison } from './comparison.ts';
import type { Metric } from './metric.ts';
import { judgedPair, openComparison, REPLICATES } from './open-comparison.ts';
import { type GatePolicy, LEAST_GROUPS } from './policy.ts';
import { isWhole } from './restrict.ts';
import { type Side, sideReader } from './sides.ts';

/** How a run stands to the best of a row. `close`: not surely behind it. */
type Place = 'best' | 'close' | 'behind';

/** One run in a row of the table of all. */
interface Standing {
  /** Points of the row's metric, over the classes that are judged. */
  readonly map: number;
  readonly place: Place;
  /** Points behind the best, and the interval that holds for all rows and pairs of runs at once; null for the best. */
  readonly behind: { readonly drop: number; readonly interval: readonly [number, number] } | null;
}

/** Clean images, all perturbations together or a family: every run's number, and who is best. */
export interface StandingRow {
  readonly level: Level;
  readonly name: string;
  /** The gate's, but for clean images of a gate on risk: they are judged by mAP. */
  readonly metric: Metric;
  /** In the order of the runs. */
  readonly runs: readonly Standing[];
}

export interface SeveralComparison {
  /** Every run but the first against the first, as if it were the only one. */
  readonly againstFirst: readonly Comparison[];
  readonly rows: readonly StandingRow[];
  /** 1 - confidence of all intervals of `rows` together. */
  readonly alpha: number;
  /** Pairs of runs that the intervals are corrected for. */
  readonly pairs: number;
}

/**
 * Compares several runs of the same data and suite: each with the first, and all with the best of each row.
 * Which run is best is read off the data, so the intervals are widened for every pair that might have been
 * looked at (Bonferroni over pairs, max-T over nodes). Each run is matched once.
 *
 * @param runs     Two or more.
 * @param progress Told condition by condition.
 * @throws RangeError when they differ in images, labels or conditions.
 */
export async function compareSeveral(
  runs: readonly Run[],
  policy: GatePolicy,
  replicates: number = REPLICATES,
  progress?: Progress,
): Promise<SeveralComparison> {
  const [first, ...others] = runs;
  if (!first || others.length === 0) throw new RangeError('two runs or more');
  const part = await judgedPart(first, policy);
  const { judged, groups, quantities, manifest } = part;
  const { conditions, seed } = manifest.suite;
  const open = others.map((candidate) => {
    const common = commonPart(first.manifest, candidate.manifest);
    if (!isWhole(common)) throw new RangeError('runs of other data or another suite');
    const ofCandidate = { ...part, manifest: candidate.manifest };
    return openComparison({ baseline: first, candidate }, common, ofCandidate, replicates);
  });
  const readers = runs.map((run) => sideReader(run, quantities, groups));
  const columns: Pick<Side, 'gated' | 'classes'>[][] = runs.map(() => []);
  progress?.start('compare', conditions.length, 0, 'conditions');
  for (const [index, condition] of conditions.entries()) {
    const warpOf = conditionWarps(manifest, condition);
    const sides: Side[] = [];
    for (const read of readers) sides.push(await read(index, warpOf));
    open.forEach((one, i) => one.add(condition, { baseline: sides[0]!, candidate: sides[i + 1]! }));
    sides.forEach(({ gated, classes }, run) => columns[run]!.push({ gated, classes }));
    progress?.advance(1, condition.id);
  }
  progress?.finish();
  const againstFirst = open.map((one) => one.finish());
  const pairs = (runs.length * (runs.length - 1)) / 2;
  const strict = { ...policy, alpha: policy.alpha / pairs };
  const pairwise = new Map<string, readonly NodeComparison[]>();
  const compared = (best: number, other: number): readonly NodeComparison[] => {
    const key = `${best} ${other}`;
    const known = pairwise.get(key);
    if (known) return known;
    const ofBoth = columns[best]!.map((baseline, index) =>
      judgedPair({ baseline, candidate: columns[other]![index]! }, quantities),
    );
    const made = compareNodes(judged, ofBoth, strict, groups.count, replicates, seed).results;
    pairwise.set(key, made);
    return made;
  };
  const rows: StandingRow[] = [];
  for (const [index, node] of againstFirst[0]!.nodes.entries()) {
    if (node.level === 'perturbation' || node.level === 'condition') continue;
    const maps = [node.baseline, ...againstFirst.map(({ nodes }) => nodes[index]!.candidate)];
    const best = maps.indexOf(node.metric === 'risk' ? Math.min(...maps) : Math.max(...maps));
    const standings: Standing[] = [];
    for (const [run, map] of maps.entries()) {
      if (run === best) standings.push({ map, place: 'best', behind: null });
      else standings.push(behindBest(map, compared(best, run)[index]!, groups.count));
    }
    rows.push({ level: node.level, name: node.name, metric: node.metric, runs: standings });
  }
  return { againstFirst, rows, alpha: policy.alpha, pairs };
}

function behindBest(
  map: number,
  { drop, interval, untested }: NodeComparison,
  groups: number,
): Standing {
  const sure = groups >= LEAST_GROUPS && untested === null && interval[0] > 0;
  return { map, place: sure ? 'behind' : 'close', behind: { drop, interval } };
}
