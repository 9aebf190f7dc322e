import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  conditionKey,
  openPredictor
} from "./chunks/chunk-LAD2A25X.js";
import {
  GateError,
  changedImage,
  decodeImage,
  giveBack,
  messageOf,
  useNativeDirectory
} from "./chunks/chunk-OI4ZWR5J.js";

// src/worker.ts
import { parentPort, workerData } from "node:worker_threads";
var port = parentPort;
if (!port) throw new Error("worker.ts runs as a worker thread only");
var setup = workerData;
useNativeDirectory(setup.nativeDirectory);
function reply(message, transfer = []) {
  port?.postMessage(message, transfer);
}
function fail(error, place) {
  const problems = error instanceof GateError ? error.problems.map((problem) => ({
    ...problem,
    message: place === null ? problem.message : `${place}: ${problem.message}`
  })) : [{ message: place === null ? messageOf(error) : `${place}: ${messageOf(error)}` }];
  reply({
    kind: "failed",
    code: error instanceof GateError ? error.code : null,
    problems,
    stack: error instanceof Error ? error.stack : void 0
  });
}
async function evaluateImage({ digest, conditions }, decoded, predictor) {
  const image = await decoded;
  const answers = [];
  for (const index of conditions) {
    const condition = setup.conditions[index];
    if (!condition) throw new RangeError(`no condition ${index}`);
    const changed = await inCondition(
      condition,
      changedImage(image, digest, condition, setup.seed)
    );
    await answers.at(-predictor.concurrency);
    const answer = inCondition(
      condition,
      predictor.predict(changed, { digest, condition: conditionKey(condition, setup.seed) })
    );
    answer.then(
      () => {
        if (changed.data !== image.data) giveBack(changed);
        reply({ kind: "step", condition: index });
      },
      () => {
      }
    );
    answers.push(answer);
  }
  reply({ kind: "done", detections: await Promise.all(answers) });
}
var ConditionError = class extends Error {
  condition;
  constructor(condition, cause) {
    super(messageOf(cause), { cause });
    this.condition = condition;
  }
};
async function inCondition({ id }, work) {
  try {
    return await work;
  } catch (error) {
    throw new ConditionError(id, error);
  }
}
try {
  const predictor = await openPredictor(setup.predictor, setup);
  let turn = Promise.resolve();
  port.on("message", (job) => {
    const decoded = decodeImage(job.path);
    decoded.catch(() => {
    });
    turn = turn.then(() => evaluateImage(job, decoded, predictor)).catch((error) => {
      if (!(error instanceof ConditionError)) return fail(error, job.id);
      return fail(error.cause, `${job.id} under ${error.condition}`);
    });
  });
  reply({ kind: "ready" });
} catch (error) {
  fail(error, null);
}
