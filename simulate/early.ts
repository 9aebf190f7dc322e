import type { DetectionTable, TruthTable } from '../src/boxes/labels.ts';
import type { ConditionColumns } from '../src/compare/condition-columns.ts';
import { suiteNodes } from '../src/compare/nodes.ts';
import type { GatePolicy } from '../src/compare/policy.ts';
import { looksOf } from '../src/judge/early-stop.ts';
import { defaults, gatedIn, judgeColumns, scoreColumns } from './compare.ts';
import { classNames, drawScene, openDetector } from './detector.ts';
import { addTallies, emptyTally, type Tally } from './results.ts';
import {
  type Curve,
  dropsUnder,
  middle,
  type Scenario,
  startingPoints,
  skillOf,
} from './synthetic.ts';

/** Half of the product's: a look's alpha is small, and fewer do not resolve it. */
const REPLICATES = 2000;

/** What is true of the candidate. */
export const stopScenarios = [
  'equal models',
  'every drop at the margin of 1',
  'noise 5 worse',
  'noise 10 worse',
] as const satisfies readonly Scenario[];

/**
 * Judges simulated pull requests by the product's looks, and once more with a single test at the end.
 *
 * @returns A tally for each of `stopScenarios`.
 */
export function simulateEarly(
  piece: { readonly images: number; readonly from: number; readonly to: number },
  curve: Curve,
): Tally[] {
  let tallies = stopScenarios.map(emptyTally);
  for (let request = piece.from; request < piece.to; request++) {
    const one = simulateOne(piece.images, request, curve);
    tallies = tallies.map((tally, i) => addTallies(tally, one[i]!));
  }
  return tallies;
}

function simulateOne(images: number, request: number, curve: Curve): Tally[] {
  const nodes = suiteNodes(middle);
  const key = [images, request, 5];
  const scene = drawScene(images, key);
  const [before, after] = [openDetector(scene, 0, key), openDetector(scene, 1, key)];
  const points = startingPoints(middle);
  const groups = Array.from({ length: images }, (_, image) => `${image}`);
  const { early, last } = looksOf(groups, { ...defaults, earlyStop: true });
  const tables = new Map<string, DetectionTable>();
  const columnsAt = (count: number) => {
    const truth = firstTruth(scene.truth, count);
    const gated = gatedIn(truth, classNames.length);
    const known = new Map<string, ConditionColumns>();
    return (model: 0 | 1, condition: number, drop: number): ConditionColumns => {
      const name = `${model} ${condition} ${drop}`;
      const table =
        tables.get(name) ??
        (model === 0 ? before : after).detect(condition, skillOf(curve, points[condition]! - drop));
      tables.set(name, table);
      const columns = known.get(name) ?? scoreColumns(truth, firstDetections(table, count), gated);
      known.set(name, columns);
      return columns;
    };
  };
  const looks = [...early, last].map((look) => ({
    share: look.images.length / images,
    policy: look.policy,
    columns: columnsAt(look.images.length),
  }));
  return stopScenarios.map((scenario) => {
    const drops = dropsUnder(scenario, middle);
    const judge = ({ columns }: (typeof looks)[number], policy: GatePolicy): Tally => {
      const baseline = drops.map((_, condition) => columns(0, condition, 0));
      const candidate = drops.map((drop, condition) => columns(1, condition, drop));
      return judgeColumns(nodes, baseline, candidate, request, drops, policy, REPLICATES);
    };
    const whole = looks.at(-1)!;
    const atTheEnd = judge(whole, defaults).regressed;
    for (const look of looks) {
      const tally = judge(look, look.policy);
      const stopped = Number(look !== whole && tally.regressed === 1);
      if (stopped || look === whole) return { ...tally, stopped, used: look.share, atTheEnd };
    }
    throw new RangeError('a run has a last look');
  });
}

/** The ground truth of the first images. */
function firstTruth(truth: TruthTable, images: number): TruthTable {
  const rows = truth.offsets[images]!;
  return {
    offsets: truth.offsets.slice(0, images + 1),
    boxes: truth.boxes.subarray(0, 4 * rows),
    classes: truth.classes.subarray(0, rows),
    areas: truth.areas.subarray(0, rows),
    crowd: truth.crowd.subarray(0, rows),
    ignored: truth.ignored.subarray(0, rows),
  };
}

function firstDetections(table: DetectionTable, images: number): DetectionTable {
  const rows = table.offsets[images]!;
  return {
    offsets: table.offsets.slice(0, images + 1),
    boxes: table.boxes.subarray(0, 4 * rows),
    classes: table.classes.subarray(0, rows),
    confidences: table.confidences.subarray(0, rows),
  };
}
