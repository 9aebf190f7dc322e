import { ROBOFLOW_KEY } from '../dataset/formats/roboflow.ts';
import type { DatasetOptions } from '../dataset/read.ts';
import { placeOf } from '../http/request.ts';
import type { PredictorOptions } from '../predict/open.ts';

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
    const { url, headers, body, maxRequests } = base;
    return { ...held, url, headers, body, maxRequests };
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
  'body',
  'apiKey',
  'maxRequests',
];
const TOLD_KEYS = ['nms', 'version', 'files', 'answer', 'overlap', 'encoding'];

export function predictorChanges(base: PredictorOptions, head: PredictorOptions): string[] {
  const fields = fieldsOf(base, head);
  return [
    ...HELD_KEYS.flatMap((key) => baseChange(`predictor.${key}`, ...fields(key))),
    ...TOLD_KEYS.flatMap((key) => openChange(`predictor.${key}`, ...fields(key))),
  ];
}

/** Groups and the name of the key are the base's: a pull request sends no other secret away. */
export function heldDataset(base: DatasetOptions, head: DatasetOptions): DatasetOptions {
  const { group: _, ...dataset } = head;
  const held = { ...dataset, ...(base.group === undefined ? {} : { group: base.group }) };
  if (held.format !== 'roboflow') return held;
  return { ...held, apiKey: base.format === 'roboflow' ? base.apiKey : ROBOFLOW_KEY };
}

/** The data set is the pull request’s; every change of it is told. */
export function datasetChanges(base: DatasetOptions, head: DatasetOptions): string[] {
  const fields = fieldsOf(base, head);
  const keys = new Set([...Object.keys(base), ...Object.keys(head)]);
  keys.delete('group');
  return [...keys].flatMap((key) => openChange(`dataset.${key}`, ...fields(key)));
}

/** The values that a field has on both sides, for `changed`. */
function fieldsOf(base: object, head: object): (key: string) => [base: unknown, head: unknown] {
  const [before, now] = [base, head].map(
    (options) => new Map<string, unknown>(Object.entries(options)),
  );
  return (key) => [before?.get(key), now?.get(key)];
}

function changed(key: string, base: unknown, head: unknown, then: string): string[] {
  if (JSON.stringify(base) === JSON.stringify(head)) return [];
  const [before, now] = [shown(key, base), shown(key, head)];
  const other = before === now ? ' (the part that differs is not shown)' : '';
  return [`This pull request changes ${key}: ${before} → ${now}${other}; ${then}.`];
}

/** A value for the comment. What may hold a key that somebody wrote into the config is left out. */
function shown(key: string, value: unknown): string {
  if (value === undefined) return 'not set';
  if (key === 'predictor.headers' && typeof value === 'object' && value !== null) {
    return Object.keys(value).join(', ') || 'none';
  }
  if (key === 'predictor.body' && typeof value === 'object' && value !== null) {
    // Names of fields alone: a value may be a key.
    const names = (field: string, inner: unknown): unknown =>
      field === 'fields' && typeof inner === 'object' && inner !== null
        ? Object.keys(inner)
        : inner;
    return JSON.stringify(value, names).slice(0, LONGEST_VALUE);
  }
  if (typeof value !== 'string') return JSON.stringify(value).slice(0, LONGEST_VALUE);
  return URL.canParse(value) && value.includes('://') ? placeOf(new URL(value)) : value;
}

export function baseChange(key: string, base: unknown, head: unknown): string[] {
  return changed(key, base, head, 'main’s counts until it is merged');
}

function openChange(key: string, base: unknown, head: unknown): string[] {
  return changed(key, base, head, 'the new one was used');
}
