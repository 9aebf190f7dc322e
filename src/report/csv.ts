import type { Comparison } from '../compare/comparison.ts';
import type { ShownNode } from './single.ts';

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
export function classDropsCsv({ classes, classDrops }: Comparison): string {
  const head = ['class', 'condition', 'drop', 'standard_error', 'change'];
  const rows = classDrops.flatMap(({ name, drops }) =>
    drops.flatMap((drop, index) =>
      drop ? [[classes[index]?.name, name, drop.drop, drop.standardError, drop.change]] : [],
    ),
  );
  return table([head, ...rows]);
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
