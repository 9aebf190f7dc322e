import { ROBOFLOW_KEY } from '../dataset/formats/roboflow.ts';
import type { DatasetOptions } from '../dataset/read.ts';
import type { PredictorOptions } from '../predict/open.ts';

type Value = string | number | undefined;

/** Of a list this much is told. */
const LONGEST_VALUE = 200;

/**
 * Which program runs, where images and keys go and what that may cost are the base's: a pull request that chose
 * them would run its own code, or send the key away.
 */
export function heldPredictor(base: PredictorOptions, head: PredictorOptions): PredictorOptions {
  const { confidence: _, ...own } = head;
  const { confidence } = base;
  const held = { ...own, ...(confidence === undefined ? {} : { confidence }) };
  if (held.kind === 'command' && base.kind === 'command') {
    return { ...held, command: base.command, processes: base.processes };
  }
  if (held.kind === 'module' && base.kind === 'module') return { ...held, module: base.module };
  if (held.kind === 'http' && base.kind === 'http') {
    const { url, headers, maxRequests } = base;
    return { ...held, url, headers, maxRequests };
  }
  if (held.kind === 'roboflow' && base.kind === 'roboflow') {
    const { url, apiKey, maxRequests } = base;
    return { ...held, url, apiKey, maxRequests };
  }
  return held;
}

/** What of the predictor the base decides, and what is the pull request's but told. */
const HELD_KEYS = [
  'confidence',
  'command',
  'processes',
  'module',
  'url',
  'headers',
  'apiKey',
  'maxRequests',
];
const TOLD_KEYS = ['nms', 'version', 'files', 'answer', 'overlap', 'encoding'];

export function predictorChanges(base: PredictorOptions, head: PredictorOptions): string[] {
  const [before, now] = [base, head].map(
    (options) => new Map<string, unknown>(Object.entries(options)),
  );
  const each = (keys: readonly string[], tell: typeof baseChange): string[] =>
    keys.flatMap((key) =>
      tell(`predictor.${key}`, valueText(before?.get(key)), valueText(now?.get(key))),
    );
  return [...each(HELD_KEYS, baseChange), ...each(TOLD_KEYS, openChange)];
}

/** Groups and the name of the key are the base's: a pull request sends no other secret away. */
export function heldDataset(base: DatasetOptions, head: DatasetOptions): DatasetOptions {
  const { group: _, ...dataset } = head;
  const held = { ...dataset, ...(base.group === undefined ? {} : { group: base.group }) };
  if (held.format !== 'roboflow') return held;
  return { ...held, apiKey: base.format === 'roboflow' ? base.apiKey : ROBOFLOW_KEY };
}

/** The data set is the pull request's; every change of it is told. */
export function datasetChanges(base: DatasetOptions, head: DatasetOptions): string[] {
  const [before, now] = [base, head].map(
    (options) => new Map<string, unknown>(Object.entries(options)),
  );
  const keys = new Set([...Object.keys(base), ...Object.keys(head)]);
  keys.delete('group');
  return [...keys].flatMap((key) =>
    openChange(`dataset.${key}`, valueText(before?.get(key)), valueText(now?.get(key))),
  );
}

function valueText(value: unknown): Value {
  if (value === undefined || typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value).slice(0, LONGEST_VALUE);
}

function changed(key: string, base: Value, head: Value, then: string): string[] {
  if (base === head) return [];
  return [
    `This pull request changes ${key}: ${base ?? 'not set'} → ${head ?? 'not set'}; ${then}.`,
  ];
}

export function baseChange(key: string, base: Value, head: Value): string[] {
  return changed(key, base, head, 'main’s counts until it is merged');
}

function openChange(key: string, base: Value, head: Value): string[] {
  return changed(key, base, head, 'the new one was used');
}
