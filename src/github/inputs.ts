import { resolve } from 'node:path';
import { originOf } from '../allowed.ts';
import { parseShard, type ShardNumber } from '../baseline/shard.ts';
import { GateError, type Problem } from '../errors.ts';

/** Where the baseline is to come from. */
export type BaselineInput =
  | { readonly kind: 'auto' }
  | { readonly kind: 'run'; readonly run: number }
  | { readonly kind: 'directory'; readonly directory: string };

/** The action's inputs (action.yml), checked. */
export interface Inputs {
  /** Absolute path. */
  readonly config: string;
  readonly baseline: BaselineInput;
  /** Workflow files whose runs on the default branch leave baselines; empty for this workflow's own. */
  readonly baselineWorkflows: readonly string[];
  readonly onMissingBaseline: 'pass' | 'fail';
  readonly token: string;
  readonly comment: 'auto' | 'always' | 'never';
  /** Never fail the check because of the verdict. */
  readonly reportOnly: boolean;
  /** A part of the run, or the job that joins the parts; null for the whole run. */
  readonly shard:
    | { readonly kind: 'part'; readonly part: ShardNumber }
    | { readonly kind: 'merge' }
    | null;
  /** Seconds after which the run is ended as `incomplete`; null for no bound. */
  readonly timeBudget: number | null;
  /** Origins that requests and keys of the config may go to. */
  readonly predictorOrigins: readonly string[];
  /** Whether the config may start programs and load code. */
  readonly allowCommand: boolean;
  /** Folder with a node_modules that holds the native packages. Absolute. */
  readonly nativeDirectory: string | null;
  /** Days that artifacts are kept; null for the repository's setting. */
  readonly retentionDays: number | null;
}

const WORKFLOW = /^(?:\.github\/workflows\/)?([A-Za-z0-9._-]+\.ya?ml)$/;
const MAX_RETENTION_DAYS = 400;

/**
 * Reads and checks all inputs.
 *
 * @param get       Value of an input by its name, empty where it is not given.
 * @param workspace Folder that `working-directory` is relative to; other paths are relative to that one.
 * @throws GateError with every input that is wrong.
 */
export function readInputs(get: (name: string) => string, workspace: string): Inputs {
  const problems: Problem[] = [];
  const fail = (name: string, allowed: string): void => {
    problems.push({ message: `input ${name}: expected ${allowed}, found "${get(name)}"` });
  };
  function choice<T extends string>(name: string, values: readonly [T, ...T[]]): T {
    const text = get(name) || values[0];
    const value = values.find((known) => known === text);
    if (value === undefined) fail(name, values.join(', '));
    return value ?? values[0];
  }
  const directory = resolve(workspace, get('working-directory') || '.');
  const days = get('retention-days');
  if (days !== '' && !(/^\d{1,3}$/.test(days) && +days >= 1 && +days <= MAX_RETENTION_DAYS)) {
    fail('retention-days', `a whole number from 1 to ${MAX_RETENTION_DAYS}`);
  }
  const workflows = get('baseline-workflows')
    .split(/[\s,]+/)
    .filter(Boolean);
  if (workflows.some((name) => !WORKFLOW.test(name))) {
    fail('baseline-workflows', 'names of files in .github/workflows');
  }
  const timeBudget = secondsOf(get('time-budget'));
  if (Number.isNaN(timeBudget)) fail('time-budget', 'a time like 25m, 90s or 1h30m, over 0');
  const shard = shardInput(get('shard'));
  if (shard === undefined) fail('shard', 'a part like 1/4 (at most 256), or merge');
  const origins = get('predictor-origin')
    .split(/[\s,]+/)
    .filter(Boolean);
  const native = get('native-dir');
  const inputs: Inputs = {
    config: resolve(directory, get('config') || 'robustness.yml'),
    baseline: baselineInput(get('baseline'), directory),
    baselineWorkflows: workflows.map((name) => name.replace(WORKFLOW, '.github/workflows/$1')),
    onMissingBaseline: choice('on-missing-baseline', ['pass', 'fail']),
    token: get('github-token'),
    comment: choice('comment', ['auto', 'always', 'never']),
    reportOnly: choice('report-only', ['false', 'true']) === 'true',
    shard: shard ?? null,
    timeBudget,
    predictorOrigins: origins.map(originOf),
    allowCommand: choice('allow-command', ['false', 'true']) === 'true',
    nativeDirectory: native === '' ? null : resolve(directory, native),
    retentionDays: days === '' ? null : Number(days),
  };
  if (problems.length > 0) throw new GateError('usage', problems);
  return inputs;
}

/** Seconds of a time like `1h30m`: null for nothing, NaN for what is no time. */
export function secondsOf(text: string): number | null {
  if (text === '') return null;
  const match = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?$/.exec(text);
  if (!match) return Number.NaN;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0) || Number.NaN;
}

/** Undefined for what is neither. */
function shardInput(text: string): Inputs['shard'] | undefined {
  if (text === '') return null;
  if (text === 'merge') return { kind: 'merge' };
  const part = parseShard(text);
  return part === null ? undefined : { kind: 'part', part };
}

function baselineInput(text: string, directory: string): BaselineInput {
  if (text === '' || text === 'auto') return { kind: 'auto' };
  if (/^\d+$/.test(text)) return { kind: 'run', run: Number(text) };
  return { kind: 'directory', directory: resolve(directory, text) };
}
