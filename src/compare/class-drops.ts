import tCdf from '@stdlib/stats-base-dists-t-cdf';
import type { Condition } from '../perturb/condition.ts';
import type { ClassDrop, ClassDrops } from './comparison.ts';
import type { ConditionColumns, Pair } from './condition-columns.ts';
import { degreesOf, NO_ERROR, standardErrorOf } from './max-t.ts';
import { LEAST_GROUPS } from './policy.ts';

/** A class seen in fewer groups is never called worse or better: its standard error is itself a guess. */
export const LEAST_SURE_GROUPS = 10;

/** Influence of each group on AP x 100 of each class, where the class has one. */
export type ClassInfluence = Map<number, Float64Array>;

interface Cell {
  readonly name: string;
  readonly class: number;
  readonly drop: number;
  readonly standardError: number;
}

/** Adds up class drops condition by condition: what it holds does not grow with the conditions. */
export interface ClassDropTally {
  add(condition: Condition, maps: Pair<ConditionColumns>, influence: Pair<ClassInfluence>): void;
  /** Clean images, then every perturbation, in the order of the suite. */
  finish(alpha: number): ClassDrops[];
  /** Of each class's drop over all perturbations; null where too few groups have it to tell. */
  standardErrors(): (number | null)[];
}

/**
 * Tallies AP of every class on clean images and under every perturbation (mean over its severities), baseline
 * minus candidate.
 *
 * @param conditions    Of the suite.
 * @param overall       Weight of each in the mean over all perturbations.
 * @param groups        Number of groups.
 * @param groupsOfClass In how many of them each class is.
 */
export function tallyClassDrops(
  conditions: readonly Condition[],
  overall: Float64Array | undefined,
  groups: number,
  groupsOfClass: readonly number[],
): ClassDropTally {
  const severities = new Map<string, number>();
  conditions.forEach((condition) => {
    const name = nameOf(condition);
    severities.set(name, (severities.get(name) ?? 0) + 1);
  });
  const open = new Map<string, { left: number; columns: ClassInfluence }>();
  const drops = new Map<string, number[]>();
  const cells: Cell[] = [];
  const all = groupsOfClass.map(() => ({ weight: 0, column: new Float64Array(groups) }));
  let added = 0;
  const close = (name: string, columns: ClassInfluence): void => {
    open.delete(name);
    const values = drops.get(name) ?? [];
    groupsOfClass.forEach((_, wanted) => {
      const drop = values[wanted] ?? Number.NaN;
      if (!Number.isFinite(drop)) return;
      const influence = columns.get(wanted);
      const standardError = influence ? standardErrorOf(influence) : Number.NaN;
      cells.push({ name, class: wanted, drop, standardError });
    });
  };
  return {
    add(condition, maps, influence) {
      const name = nameOf(condition);
      const weight = 1 / (severities.get(name) ?? 1);
      const share = overall?.[added] ?? 0;
      added += 1;
      const entry = open.get(name) ?? { left: severities.get(name) ?? 1, columns: newInfluence() };
      open.set(name, entry);
      const values = drops.get(name) ?? groupsOfClass.map(() => 0);
      drops.set(name, values);
      groupsOfClass.forEach((_, wanted) => {
        const [before, after] = [maps.baseline.classes[wanted], maps.candidate.classes[wanted]];
        values[wanted]! += weight * ((before ?? Number.NaN) - (after ?? Number.NaN));
        const [old, now] = [influence.baseline.get(wanted), influence.candidate.get(wanted)];
        if (!old || !now) return;
        const column = entry.columns.get(wanted) ?? new Float64Array(groups);
        entry.columns.set(wanted, column);
        const mean = all[wanted]!;
        mean.weight += share;
        for (let g = 0; g < groups; g++) {
          const difference = old[g]! - now[g]!;
          column[g]! += weight * difference;
          mean.column[g]! += share * difference;
        }
      });
      entry.left -= 1;
      if (entry.left === 0) close(name, entry.columns);
    },
    standardErrors: () =>
      all.map(({ weight, column }, wanted) =>
        weight > 0 && groupsOfClass[wanted]! >= LEAST_SURE_GROUPS
          ? standardErrorOf(column) / weight
          : null,
      ),
    finish: (alpha) => {
      const sure = surelyChanged(cells, groups, groupsOfClass, alpha);
      const at = new Map(cells.map((cell) => [`${cell.class} ${cell.name}`, cell]));
      const of = (name: string, wanted: number): ClassDrop | null => {
        const cell = at.get(`${wanted} ${name}`);
        if (!cell) return null;
        const { drop, standardError } = cell;
        const change = !sure.has(cell) ? 'no visible change' : drop > 0 ? 'worse' : 'better';
        return { drop, standardError: Number.isNaN(standardError) ? null : standardError, change };
      };
      return [...severities.keys()].map((name) => ({
        name,
        drops: groupsOfClass.map((_, wanted) => of(name, wanted)),
      }));
    },
  };
}

/** The cells that differ from no drop at all, all cells together: Holm's step-down of two-sided t tests. */
function surelyChanged(
  cells: readonly Cell[],
  groups: number,
  groupsOfClass: readonly number[],
  alpha: number,
): Set<Cell> {
  if (groups < LEAST_GROUPS) return new Set();
  const degrees = degreesOf(groups);
  const tested = cells
    .filter((cell) => (groupsOfClass[cell.class] ?? 0) >= LEAST_SURE_GROUPS)
    .filter(({ standardError }) => standardError > NO_ERROR)
    .map((cell) => ({ cell, p: 2 * tCdf(-Math.abs(cell.drop / cell.standardError), degrees) }))
    .sort((a, b) => a.p - b.p);
  const first = tested.findIndex(({ p }, rank) => p > alpha / (tested.length - rank));
  return new Set(tested.slice(0, first < 0 ? tested.length : first).map(({ cell }) => cell));
}

function newInfluence(): ClassInfluence {
  return new Map();
}

function nameOf(condition: Condition): string {
  return condition.kind === 'clean' ? 'clean' : condition.perturbation;
}
