import { parentPort, workerData } from 'node:worker_threads';
import type { Detections } from './boxes/labels.ts';
import { GateError, messageOf } from './errors.ts';
import type { Job, WorkerReply, WorkerSetup } from './evaluate/job.ts';
import { decodeImage } from './image/codec.ts';
import type { Image } from './image/image.ts';
import { giveBack } from './image/room.ts';
import { useNativeDirectory } from './native.ts';
import { type Condition, conditionKey } from './perturb/condition.ts';
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

/** While the model works on some conditions, the picture of the next is made. */
async function evaluateImage(
  { digest, conditions }: Job,
  decoded: Promise<Image>,
  predictor: Predictor,
): Promise<void> {
  const image = await decoded;
  const answers: Promise<Detections>[] = [];
  for (const index of conditions) {
    const condition = setup.conditions[index];
    if (!condition) throw new RangeError(`no condition ${index}`);
    const changed = await inCondition(
      condition,
      changedImage(image, digest, condition, setup.seed),
    );
    await answers.at(-predictor.concurrency);
    const answer = inCondition(
      condition,
      predictor.predict(changed, { digest, condition: conditionKey(condition, setup.seed) }),
    );
    // What fails is thrown where the answer is waited for.
    answer.then(
      () => {
        // What changes nothing may be the image itself, which the next condition reads.
        if (changed.data !== image.data) giveBack(changed);
        reply({ kind: 'step', condition: index });
      },
      () => {},
    );
    answers.push(answer);
  }
  reply({ kind: 'done', detections: await Promise.all(answers) });
}
/** What went wrong, and under which condition of an image. */
class ConditionError extends Error {
  readonly condition: string;

  constructor(condition: string, cause: unknown) {
    super(messageOf(cause), { cause });
    this.condition = condition;
  }
}

async function inCondition<T>({ id }: Condition, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new ConditionError(id, error);
  }
}
try {
  const predictor = await openPredictor(setup.predictor, setup);
  // One image at a time: the predictor reuses its input buffer. The next is decoded meanwhile.
  let turn = Promise.resolve();
  port.on('message', (job: Job) => {
    const decoded = decodeImage(job.path);
    decoded.catch(() => {});
    turn = turn
      .then(() => evaluateImage(job, decoded, predictor))
      .catch((error: unknown) => {
        if (!(error instanceof ConditionError)) return fail(error, job.id);
        return fail(error.cause, `${job.id} under ${error.condition}`);
      });
  });
  reply({ kind: 'ready' });
} catch (error) {
  fail(error, null);
}
