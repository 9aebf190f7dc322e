import { writeFile } from 'node:fs/promises';
import { availableParallelism, homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { originOf } from '../allowed.ts';
import type { BaselineLookup } from '../baseline/lookup.ts';
import type { DatasetContext } from '../dataset/dataset.ts';
import { GateError, messageOf } from '../errors.ts';
import type { Progress } from '../evaluate/progress.ts';
import type { EvaluateOptions } from '../plan.ts';
import { secrets } from './secrets.ts';
import { createProgress } from './progress.ts';

/** Exit code of a process that a signal ended, by convention. */
const INTERRUPTED = 130;

/** Options of every command that evaluates a model. */
const EvaluateFlags = z.object({
  config: z.string(),
  workers: z.int(),
  cache: z.string(),
  model: z.string().optional(),
  quiet: z.boolean().default(false),
  allowCommand: z.boolean().default(false),
  predictorOrigin: z.array(z.string()).default([]),
});

/** Adds the options of a command that evaluates a model. */
export function withEvaluateOptions(command: Command): Command {
  return command
    .option('-c, --config <file>', 'the config', 'robustness.yml')
    .option('--workers <n>', 'worker threads', parseWorkers, availableParallelism())
    .option('--cache <dir>', 'where detections are kept between runs', defaultCache())
    .option('--model <file>', 'this model in place of the config’s')
    .option(
      '--allow-command',
      'let the config start programs and load code: predictors `command` and `module`',
    )
    .addOption(originOption())
    .addOption(quietOption());
}

/** `--quiet` of a command that prints its result all the same. */
export function quietOption(): Option {
  return new Option('--quiet', 'no progress');
}

/** Progress of the command line: on stderr. */
export function progressOf(quiet: boolean): Progress {
  return createProgress(process.stderr, { quiet, now: () => performance.now() });
}

/** The origins that a config may send requests and keys to. */
export function originOption(): Option {
  return new Option(
    '--predictor-origin <url...>',
    'let requests and keys of the config go to these origins (https://host)',
  );
}

/** What the data set of a config that the user named is read with. */
export function datasetContext(configFile: string, origins: readonly string[]): DatasetContext {
  return {
    location: { directory: dirname(resolve(configFile)), root: null },
    cacheDirectory: defaultCache(),
    allowed: { command: false, origins: origins.map(originOf), environment: process.env, secrets },
  };
}

/** The options of `withEvaluateOptions`, for the pipe. Ctrl-C ends it after the images that are under way. */
export function evaluateOptions(flags: unknown, outDirectory: string): EvaluateOptions {
  const parsed = EvaluateFlags.parse(flags);
  const { config, workers, cache, model, quiet } = parsed;
  const interrupted = new AbortController();
  const stop = (): void => {
    // The second time somebody means it.
    if (interrupted.signal.aborted) process.exit(INTERRUPTED);
    interrupted.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    configFile: config,
    outDirectory,
    cacheDirectory: cache,
    workers,
    workerFile: new URL('./worker.js', import.meta.url),
    root: null,
    allowed: {
      command: parsed.allowCommand,
      origins: parsed.predictorOrigin.map(originOf),
      environment: process.env,
      secrets,
    },
    ...(model === undefined ? {} : { model }),
    progress: progressOf(quiet),
    signal: interrupted.signal,
  };
}

/** Outside the working tree: what a pull request brings along must not pass for what a model answered. */
function defaultCache(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'robustness-gate');
}

function parseWorkers(value: string): number {
  const workers = Number(value);
  if (!Number.isInteger(workers) || workers < 1 || workers > 256) {
    throw new InvalidArgumentError('a whole number from 1 to 256');
  }
  return workers;
}

/** Prints a document on stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/**
 * Writes a file that the user named.
 *
 * @throws GateError when it cannot be written.
 */
export async function writeOutput(file: string, content: Uint8Array | string): Promise<void> {
  await writeFile(file, content).catch((error: unknown) => {
    const message = `cannot write ${file}: ${messageOf(error)}`;
    throw new GateError('usage', { message }, { cause: error });
  });
}

/** Prints a remark on stderr. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The day by which waivers count, in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Whether stdout shows colours: on a terminal that has them, unless NO_COLOR is set. */
export function wantsColor(): boolean {
  return process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
}

/** Columns of stdout, from 60 to 120; 100 where it is no terminal. */
export function screenWidth(): number {
  return process.stdout.isTTY ? Math.min(120, Math.max(60, process.stdout.columns)) : 100;
}

/** Names of what a run leaves in its folder. */
export function outputPaths(directory: string): {
  candidate: string;
  report: string;
  comment: string;
} {
  return {
    candidate: join(directory, 'candidate'),
    report: join(directory, 'report.html'),
    comment: join(directory, 'comment.md'),
  };
}

/** The baseline is a run directory that the user named, or that the config names. */
export function baselineIn(directory: string): BaselineLookup {
  return {
    kind: 'found',
    directory,
    source: { description: `directory ${directory}`, commit: null, url: null, distance: null },
  };
}
