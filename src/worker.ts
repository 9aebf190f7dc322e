import { parentPort, workerData } from 'node:worker_threads';
import type { Detections } from './boxes/labels.ts';
import { GateError, messageOf } from './errors.ts';
import type { Job, WorkerReply, WorkerSetup } from './evaluate/job.ts';
import { decodeImage } from './image/codec.ts';
import { useNativeDirectory } from './native.ts';
import { changedImage } from './perturb/change.ts';
import { openPredictor } from './predict/open.ts';
import type { Predictor } from './predict/predictor.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs as a worker thread only');

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the pool of this package passes
const setup = workerData as WorkerSetup;
useNativeDirectory(setup.nativeDirectory);

function reply(message: WorkerReply, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

function fail(error: unknown, place: string | null): void {
  const problems =
    error instanceof GateError
      ? error.problems.map((problem) => ({
          ...problem,
          message: place === null ? problem.message : `${place}: ${problem.message}`,
        }))
      : [{ message: place === null ? messageOf(error) : `${place}: ${messageOf(error)}` }];
  reply({
    kind: 'failed',
    code: error instanceof GateError ? error.code : null,
    problems,
    stack: error instanceof Error ? error.stack : undefined,
  });
}

async function evaluateImage(job: Job, predictor: Predictor): Promise<void> {
  const image = await decodeImage(job.path);
  const detections: Detections[] = [];
  for (const index of job.conditions) {
    const condition = setup.conditions[index];
    if (!condition) throw new RangeError(`no condition ${index}`);
    try {
      const changed = await changedImage(image, job.digest, condition, setup.seed);
      detections.push(await predictor.predict(changed));
    } catch (error) {
      fail(error, `${job.id} under ${condition.id}`);
      return;
    }
    reply({ kind: 'step' });
  }
  reply({ kind: 'done', sample: job.sample, detections });
}

try {
  const predictor = await openPredictor(setup.predictor, setup);
  // One image at a time: the predictor reuses its input buffer.
  let turn = Promise.resolve();
  port.on('message', (job: Job) => {
    turn = turn
      .then(() => evaluateImage(job, predictor))
      .catch((error: unknown) => fail(error, job.id));
  });
  reply({ kind: 'ready' });
} catch (error) {
  fail(error, null);
}
