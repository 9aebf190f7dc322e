import type { Comparison } from '../compare/comparison.ts';
import type { RunManifest } from '../baseline/manifest.ts';
import { nodeValues, type ShownNode } from './single.ts';

/** Every node of a report as CSV (RFC 4180), numbers unrounded; what is not known is empty. */
export function nodesCsv(nodes: readonly ShownNode[]): string {
  const head = [
    'level',
    'name',
    'baseline',
    'candidate',
    'drop',
    'interval_low',
    'interval_high',
    'allowed',
    'adjusted_p',
    'detectable_drop',
    'ruled_out_over',
    'regressed',
  ];
  const rows = nodes.map(({ level, name, baseline, candidate, comparison }) => [
    level,
    name,
    baseline,
    candidate,
    comparison?.drop,
    comparison?.interval[0],
    comparison?.interval[1],
    comparison?.maxDrop,
    comparison?.adjustedP,
    comparison?.detectableDrop,
    comparison?.ruledOut,
    comparison?.regressed,
  ]);
  return table([head, ...rows]);
}

/** The drop of every class under every perturbation as CSV. */
export function classDropsCsv(comparison: Comparison): string {
  return table([dropHead, ...dropRows(comparison)]);
}

const dropHead = ['class', 'condition', 'drop', 'standard_error', 'change'];

function dropRows({ classes, classDrops }: Comparison): Field[][] {
  return classDrops.flatMap(({ name, drops }) =>
    drops.flatMap((drop, index) =>
      drop ? [[classes[index]?.name, name, drop.drop, drop.standardError, drop.change]] : [],
    ),
  );
}

/** A run with what it is called. */
interface NamedManifest {
  readonly name: string;
  readonly manifest: RunManifest;
}

/** Every node of several runs as CSV, a line for each run. */
export function runNodesCsv(runs: readonly NamedManifest[]): string {
  const rows = runs.flatMap(({ name: run, manifest }) =>
    nodeValues(manifest).map(({ level, name, map, risk }) => [run, level, name, map, risk]),
  );
  return table([['run', 'level', 'name', 'map', 'risk'], ...rows]);
}

/** The drops of every class of runs that are compared with another, as CSV. */
export function runClassDropsCsv(
  comparisons: readonly { readonly name: string; readonly comparison: Comparison }[],
): string {
  const rows = comparisons.flatMap(({ name, comparison }) =>
    dropRows(comparison).map((row) => [name, ...row]),
  );
  return table([['run', ...dropHead], ...rows]);
}

type Field = string | number | boolean | null | undefined;

function table(rows: readonly (readonly Field[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: Field): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (typeof value !== 'string') return String(value);
  // A spreadsheet takes a text that begins so for a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
