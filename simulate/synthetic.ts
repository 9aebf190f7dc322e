import type { ConditionColumns } from '../src/compare/condition-columns.ts';
import { suiteNodes } from '../src/compare/nodes.ts';
import { matchCondition, scoreCondition } from '../src/evaluate/score.ts';
import type { Condition } from '../src/perturb/condition.ts';
import { SuiteSchema, suiteConditions } from '../src/perturb/suite.ts';
import { gatedIn, judgeColumns, scoreColumns } from './compare.ts';
import { classNames, drawScene, openDetector } from './detector.ts';
import { addTallies, emptyTally, type Results, type Tally } from './results.ts';

/** Clean, and the standard preset at severity 3 alone. */
export const middle = suiteConditions(SuiteSchema.parse({ preset: 'standard', severities: [3] }));

/** The same at its own severities beside it. */
const suites = {
  middle,
  standard: suiteConditions(SuiteSchema.parse({ preset: 'standard' })),
};

/** mAP of both models at the start, in points: clean, and by severity. */
const CLEAN = 51;
const BY_SEVERITY = [0, 43, 39, 35, 31, 27];

/** What is true of the candidate: the drop of each condition, in points. */
const dropsOf = {
  'equal models': () => 0,
  'every drop at the margin of 1': () => 1,
  'noise 2 worse': (_: string, family: string) => (family === 'noise' ? 2 : 0),
  'noise 5 worse': (_: string, family: string) => (family === 'noise' ? 5 : 0),
  'noise 10 worse': (_: string, family: string) => (family === 'noise' ? 10 : 0),
  'one condition 5 worse': (id: string) => (id === 'gaussian_noise/3' ? 5 : 0),
  'one condition 10 worse': (id: string) => (id === 'gaussian_noise/3' ? 10 : 0),
} satisfies Record<string, (id: string, family: string) => number>;

export type Curve = Results['curve'];
export type Scenario = keyof typeof dropsOf;
export type Suite = keyof typeof suites;

/** Simulated pull requests `from` up to `to`. */
interface Pieces {
  readonly images: number;
  readonly suite: Suite;
  readonly from: number;
  readonly to: number;
}

/** How many perturbed conditions a suite has. */
export function sizeOf(suite: Suite): number {
  return suites[suite].length - 1;
}

/** mAP over skill, on one large test set. */
export function measureCurve(): Curve {
  const key = [0, 0];
  const scene = drawScene(10_000, key);
  const detector = openDetector(scene, 0, key);
  return Array.from({ length: 21 }, (_, i) => {
    const skill = -2 + i * 0.25;
    const matched = matchCondition(scene.truth, detector.detect(0, skill), classNames.length);
    return { skill, map: scoreCondition(matched).map ?? 0 };
  });
}

/** The skill that has a mAP, between two measured ones. */
export function skillOf(curve: Curve, map: number): number {
  const above = curve.findIndex((point) => point.map >= map);
  const [low, high] = [curve[above - 1], curve[above]];
  if (!low || !high) throw new RangeError(`no skill has a mAP of ${map}`);
  return low.skill + ((high.skill - low.skill) * (map - low.map)) / (high.map - low.map);
}

/**
 * Judges simulated pull requests under every scenario. Their test set, and all luck in it, is the same for all
 * scenarios.
 *
 * @returns A tally for each of `scenarios`.
 */
export function simulate({ images, suite, from, to }: Pieces, curve: Curve): Tally[] {
  let tallies = scenarios.map(emptyTally);
  for (let request = from; request < to; request++) {
    const one = simulateOne(images, suites[suite], request, curve);
    tallies = tallies.map((tally, i) => addTallies(tally, one[i]!));
  }
  return tallies;
}

function simulateOne(
  imageCount: number,
  conditions: readonly Condition[],
  request: number,
  curve: Curve,
): Tally[] {
  const nodes = suiteNodes(conditions);
  const key = [imageCount, request];
  const scene = drawScene(imageCount, key);
  const gated = gatedIn(scene.truth, classNames.length);
  const [before, after] = [openDetector(scene, 0, key), openDetector(scene, 1, key)];
  const levels = startingPoints(conditions);
  const columns = (detector: typeof before, condition: number, drop: number): ConditionColumns => {
    const skill = skillOf(curve, levels[condition]! - drop);
    return scoreColumns(scene.truth, detector.detect(condition, skill), gated);
  };
  const baseline = conditions.map((_, condition) => columns(before, condition, 0));
  const known = new Map<string, ConditionColumns>();
  return scenarios.map((scenario) => {
    const drops = dropsUnder(scenario, conditions);
    const candidate = drops.map((drop, condition) => {
      const name = `${condition} ${drop}`;
      const found = known.get(name) ?? columns(after, condition, drop);
      known.set(name, found);
      return found;
    });
    return judgeColumns(nodes, baseline, candidate, request, drops);
  });
}

/** mAP of the baseline in each condition, in points. */
export function startingPoints(conditions: readonly Condition[]): number[] {
  return conditions.map((condition) =>
    condition.kind === 'clean' ? CLEAN : BY_SEVERITY[condition.severity]!,
  );
}

/** True drop of each condition, in points. */
export function dropsUnder(scenario: Scenario, conditions: readonly Condition[]): number[] {
  return conditions.map((condition) =>
    dropsOf[scenario](condition.id, condition.kind === 'clean' ? '' : condition.family),
  );
}

/** Every scenario, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  'equal models',
  'every drop at the margin of 1',
  'noise 2 worse',
  'noise 5 worse',
  'noise 10 worse',
  'one condition 5 worse',
  'one condition 10 worse',
];
