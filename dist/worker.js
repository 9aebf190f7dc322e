import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  GateError,
  changedImage,
  decodeImage,
  messageOf,
  openPredictor,
  useNativeDirectory
} from "./chunks/chunk-3M65NCZ6.js";

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
async function evaluateImage({ digest, sample, conditions }, decoded, predictor) {
  const image = await decoded;
  const detections = [];
  let running = Promise.resolve();
  for (const index of conditions) {
    const condition = setup.conditions[index];
    if (!condition) throw new RangeError(`no condition ${index}`);
    const changed = await inCondition(
      condition,
      changedImage(image, digest, condition, setup.seed)
    );
    await running;
    running = inCondition(condition, predictor.predict(changed)).then((found) => {
      detections.push(found);
      reply({ kind: "step" });
    });
    running.catch(() => {
    });
  }
  await running;
  reply({ kind: "done", sample, detections });
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
