import type { Run } from '../baseline/run.ts';
import type { Progress } from '../evaluate/progress.ts';
import { compareRuns } from './compare.ts';
import type { Comparison, Level, NodeComparison } from './comparison.ts';
import { type GatePolicy, LEAST_GROUPS } from './policy.ts';

/** How a run stands to the best of a row. `close`: not surely behind it. */
type Place = 'best' | 'close' | 'behind';

/** One run in a row of the table of all. */
interface Standing {
  /** mAP x 100 over the classes that are judged. */
  readonly map: number;
  readonly place: Place;
  /** Points behind the best, and the interval that holds for all rows and pairs of runs at once; null for the best. */
  readonly behind: { readonly drop: number; readonly interval: readonly [number, number] } | null;
}

/** Clean images, all perturbations together or a family: every run's number, and who is best. */
export interface StandingRow {
  readonly level: Level;
  readonly name: string;
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
 * looked at (Bonferroni over pairs, max-T over nodes).
 *
 * @param runs     Two or more.
 * @param progress Told of each comparison, condition by condition.
 */
export async function compareSeveral(
  runs: readonly Run[],
  policy: GatePolicy,
  replicates?: number,
  progress?: Progress,
): Promise<SeveralComparison> {
  const [first, ...others] = runs;
  if (!first || others.length === 0) throw new RangeError('two runs or more');
  const linear = { kind: 'linear', progress } as const;
  const againstFirst: Comparison[] = [];
  for (const other of others) {
    againstFirst.push(await compareRuns(first, other, policy, replicates, linear));
  }
  const pairs = (runs.length * (runs.length - 1)) / 2;
  const strict = { ...policy, alpha: policy.alpha / pairs };
  const pairwise = new Map<string, Comparison>();
  const compared = async (best: number, other: number): Promise<Comparison> => {
    const key = `${best} ${other}`;
    const known = pairwise.get(key);
    if (known) return known;
    const made = await compareRuns(runs[best]!, runs[other]!, strict, replicates, linear);
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
      else standings.push(behindBest(map, await compared(best, run), index));
    }
    rows.push({ level: node.level, name: node.name, runs: standings });
  }
  return { againstFirst, rows, alpha: policy.alpha, pairs };
}

function behindBest(map: number, { nodes, groups }: Comparison, index: number): Standing {
  const { drop, interval, untested }: NodeComparison = nodes[index]!;
  const sure = groups >= LEAST_GROUPS && untested === null && interval[0] > 0;
  return { map, place: sure ? 'behind' : 'close', behind: { drop, interval } };
}
