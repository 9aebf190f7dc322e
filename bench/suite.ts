import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRun } from '../src/baseline/read.ts';
import type { Run } from '../src/baseline/run.ts';
import { mapColumns } from '../src/compare/condition-columns.ts';
import { replaceBetween } from '../src/config/docs.ts';
import { matchCondition } from '../src/evaluate/score.ts';
import { perturbations } from '../src/perturb/registry.ts';
import { presets } from '../src/perturb/presets.ts';
import { root } from './python.ts';

/** One model under one condition. */
interface Column {
  /** mAP x 100. */
  readonly map: number;
  /** Of each group of images on it. */
  readonly influence: Float64Array;
}

/** One model: columns by the id of the condition. */
type Model = ReadonlyMap<string, Column>;

interface PerturbationMeasure {
  readonly name: string;
  /** Points lost from clean at severities 1, 3, 5, the mean over models, one list a data set. */
  readonly drops: readonly (readonly number[])[];
  /** Largest difference between two models in its standard errors, one a data set. */
  readonly apart: readonly number[];
  /** The perturbation of the preset whose differences between models go most with its own. */
  readonly nearest: { readonly name: string; readonly correlation: number };
}

/**
 * Measures which perturbations carry information, and writes the table of docs/presets.md.
 *
 * @param directories Run directories of the preset `full`: several models of each of one or more data sets.
 */
export async function measureSuite(directories: readonly string[]): Promise<void> {
  const sets = new Map<string, Model[]>();
  for (const directory of directories) {
    const run = await readRun(directory);
    const set = run.manifest.dataset.imagesDigest;
    sets.set(set, [...(sets.get(set) ?? []), await columnsOf(run)]);
  }
  const models = [...sets.values()];
  const differences = models.map((set) => pairs(set).map(([a, b]) => differencesOf(a, b)));
  const measures = perturbations.map(({ name }) => ({
    name,
    drops: models.map((set) => dropsOf(set, name)),
    apart: differences.map((ofPairs) =>
      Math.max(...ofPairs.map((difference) => standardized(difference, name))),
    ),
    nearest: nearestOf(differences.flat(), name),
  }));
  const file = join(root, 'docs/presets.md');
  const page = await readFile(file, 'utf8');
  await writeFile(file, replaceBetween(page, 'suite', table(measures)));
}

async function columnsOf(run: Run): Promise<Model> {
  const { suite, images, dataset } = run.manifest;
  const numbers = new Map<string, number>();
  const of = Int32Array.from(images, ({ group }) => {
    if (!numbers.has(group)) numbers.set(group, numbers.size);
    return numbers.get(group)!;
  });
  const gated = dataset.classes.map(() => true);
  const columns = new Map<string, Column>();
  for (const [index, { id }] of suite.conditions.entries()) {
    const matched = matchCondition(
      await run.truth(index),
      await run.detections(index),
      gated.length,
    );
    columns.set(id, mapColumns(matched, gated, { count: numbers.size, of }));
  }
  return columns;
}

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));
}

/** Ids of a perturbation's conditions. */
function idsOf(name: string, severities: readonly number[] = [1, 2, 3, 4, 5]): string[] {
  const single = perturbations.find((one) => one.name === name)?.severities.length === 1;
  return single ? [name] : severities.map((severity) => `${name}/${severity}`);
}

function dropsOf(models: readonly Model[], name: string): number[] {
  return idsOf(name, [1, 3, 5]).map((id) => {
    const drops = models.map((model) => model.get('clean')!.map - model.get(id)!.map);
    return drops.reduce((sum, drop) => sum + drop, 0) / drops.length;
  });
}

/** One model less the other under each perturbation, the mean over its severities. */
function differencesOf(a: Model, b: Model): Model {
  return new Map(
    perturbations.map(({ name }) => {
      const ids = idsOf(name);
      const groups = a.get('clean')!.influence.length;
      const influence = new Float64Array(groups);
      let map = 0;
      for (const id of ids) {
        const [x, y] = [a.get(id)!, b.get(id)!];
        map += (x.map - y.map) / ids.length;
        influence.forEach((sum, g) => {
          influence[g] = sum + (x.influence[g]! - y.influence[g]!) / ids.length;
        });
      }
      return [name, { map, influence }];
    }),
  );
}

function standardized(difference: Model, name: string): number {
  const { map, influence } = difference.get(name)!;
  const square = influence.reduce((sum, value) => sum + value * value, 0);
  return Math.abs(map) / Math.sqrt((square * influence.length) / (influence.length - 1));
}

function nearestOf(differences: readonly Model[], name: string): PerturbationMeasure['nearest'] {
  const others = presets.standard.names.filter((other) => other !== name);
  return others
    .map((other) => {
      const each = differences.map((difference) =>
        correlation(difference.get(name)!.influence, difference.get(other)!.influence),
      );
      return { name: other, correlation: each.reduce((sum, r) => sum + r, 0) / each.length };
    })
    .reduce((best, other) => (other.correlation > best.correlation ? other : best));
}

/** Of influence values, whose mean is 0. */
function correlation(a: Float64Array, b: Float64Array): number {
  const product = (x: Float64Array, y: Float64Array): number =>
    x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

function table(measures: readonly PerturbationMeasure[]): string {
  const standard = new Set<string>(presets.standard.names);
  const quick = new Set<string>(presets.quick.names);
  const rows = measures.map(({ name, drops, apart, nearest }) => {
    const preset = quick.has(name) ? 'quick, standard' : standard.has(name) ? 'standard' : '';
    const lost = drops.map((list) => list.map((drop) => drop.toFixed(1)).join(' / '));
    const z = apart.map((value) => value.toFixed(1)).join(' / ');
    return `| \`${name}\` | ${preset} | ${lost.join(' | ')} | ${z} | \`${nearest.name}\` ${nearest.correlation.toFixed(2)} |`;
  });
  const sets = measures[0]!.drops.map((_, i) => `points lost, set ${i + 1}`);
  const head = ['perturbation', 'preset', ...sets, 'tells apart', 'goes most with'];
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
}
