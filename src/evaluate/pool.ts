import { Worker } from 'node:worker_threads';
import type { Detections } from '../boxes/labels.ts';
import { GateError } from '../errors.ts';
import { prepareCodec } from '../image/codec.ts';
import { loadOnnxRuntime } from '../native.ts';
import type { Job, WorkerReply, WorkerSetup } from './job.ts';

/** One image is being worked on and one is decoded meanwhile, so that a worker never idles. */
const AHEAD = 2;

/**
 * How long images that are under way may still take once the run is to end. GitHub's runner ends a process 7.5 s
 * after its first signal, and what is finished is to be written by then.
 */
const GRACE_MILLISECONDS = 3000;

export interface PoolOptions {
  readonly setup: WorkerSetup;
  readonly workers: number;
  /** The bundled `worker.js`. */
  readonly workerFile: URL;
  readonly signal: AbortSignal | undefined;
  /** Called for every predicted image with the index of its condition, in the order in which they are done. */
  onStep(condition: number): void;
  /** Called once for every job, in the order in which they are done; the next jobs go on meanwhile. */
  onDone(job: Job, detections: readonly Detections[]): Promise<void>;
  /** So many jobs are done before the others begin. */
  readonly first: number;
  /** Called when they are; what it throws ends the work. */
  onFirst(): Promise<void>;
}

/**
 * Runs jobs on worker threads. What is done is handed over before a failure is thrown.
 *
 * @throws GateError of the first worker that fails, or `interrupted`.
 */
export async function runJobs(jobs: readonly Job[], options: PoolOptions): Promise<void> {
  // Native code takes the settings of the process, which are made on this thread.
  prepareCodec();
  loadOnnxRuntime();
  // So few that one worker would take another's.
  const ahead = Math.min(AHEAD, Math.ceil(jobs.length / options.workers));
  const stopped = new AbortController();
  const halted = AbortSignal.any([stopped.signal, ...(options.signal ? [options.signal] : [])]);
  const first = firstJobs(options, halted);
  const queue = inTurn(jobs, options.first, () => first.passed());
  const threads = Array.from({ length: options.workers }, () =>
    runWorker(
      queue,
      ahead,
      { ...options, onDone: (job, found) => first.onDone(job, found) },
      halted,
    ),
  );
  // A worker that fails stops the others after the image they are at.
  const guarded = threads.map((thread) =>
    thread.catch((error: unknown) => {
      stopped.abort();
      throw error;
    }),
  );
  const results = await Promise.allSettled(guarded);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  if (options.signal?.aborted) {
    throw new GateError('interrupted', {
      message: 'interrupted; what was finished is kept',
      fix: 'run the same command again: it goes on from there',
    });
  }
}

// The first jobs, and after they have passed the others.
async function* inTurn(
  jobs: readonly Job[],
  first: number,
  passed: () => Promise<void>,
): AsyncGenerator<Job, void> {
  yield* jobs.slice(0, first);
  await passed();
  yield* jobs.slice(first);
}

/** Counts the first jobs as they are handed over; `passed` waits for them and for what is said of them, or for the end. */
function firstJobs(
  options: PoolOptions,
  halted: AbortSignal,
): Pick<PoolOptions, 'onDone'> & {
  passed(): Promise<void>;
} {
  let left = options.first;
  let arrived = (): void => {};
  const all = new Promise<void>((resolve) => (arrived = resolve));
  if (left === 0) arrived();
  // A worker that fails leaves first jobs undone: nobody is to wait for them.
  halted.addEventListener('abort', () => arrived(), { once: true });
  return {
    async onDone(job, detections) {
      await options.onDone(job, detections);
      left -= 1;
      if (left === 0) arrived();
    },
    async passed() {
      await all;
      if (!halted.aborted) await options.onFirst();
    },
  };
}

function runWorker(
  queue: AsyncIterator<Job, void>,
  ahead: number,
  options: PoolOptions,
  halted: AbortSignal,
): Promise<void> {
  const worker = new Worker(options.workerFile, { workerData: options.setup });
  return new Promise<void>((resolve, reject) => {
    const given: Job[] = [];
    let open = 0;
    let last: Promise<void> = Promise.resolve();
    const finish = (error?: unknown): void => {
      const end = (): void => {
        worker.removeAllListeners();
        // A model that hangs keeps its thread: a failure is not to wait for it.
        if (error !== undefined) reject(error);
        if (options.signal?.aborted) resolve();
        options.signal?.removeEventListener('abort', hurry);
        worker.terminate().then(() => resolve(), reject);
      };
      last.then(end, (reason: unknown) => {
        error ??= reason;
        end();
      });
    };
    const hurry = (): void => void setTimeout(finish, GRACE_MILLISECONDS).unref();
    options.signal?.addEventListener('abort', hurry, { once: true });
    const feed = async (): Promise<void> => {
      while (open < ahead && !halted.aborted) {
        open += 1;
        const next = await queue.next();
        if (next.done || halted.aborted) {
          open -= 1;
          break;
        }
        given.push(next.value);
        worker.postMessage(next.value);
      }
      if (open === 0) finish();
    };
    const feedOrFail = (): void => void feed().catch(finish);
    worker.on('message', (message: WorkerReply) => {
      switch (message.kind) {
        case 'ready':
          return feedOrFail();
        case 'step':
          return options.onStep(message.condition);
        case 'done':
          open -= 1;
          // A worker answers in the order in which it was asked.
          last = Promise.all([last, options.onDone(given.shift()!, message.detections)]).then(
            () => {},
          );
          // A failed hand-over is reported by `finish`.
          last.catch(() => finish());
          return feedOrFail();
        case 'failed':
          return finish(failureOf(message));
      }
    });
    worker.on('error', (error) => finish(error));
    worker.on('exit', (code) => finish(new Error(`a worker thread ended with code ${code}`)));
  });
}

function failureOf(message: Extract<WorkerReply, { kind: 'failed' }>): Error {
  if (message.code !== null) return new GateError(message.code, message.problems);
  const error = new Error(message.problems.map((problem) => problem.message).join('\n'));
  if (message.stack !== undefined) error.stack = message.stack;
  return error;
}
