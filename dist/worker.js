import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  GateError,
  changedImage,
  decodeImage,
  messageOf,
  openPredictor,
  useNativeDirectory
} from "./chunks/chunk-YLFPYCIQ.js";

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
async function evaluateImage(job, predictor) {
  const image = await decodeImage(job.path);
  const detections = [];
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
    reply({ kind: "step" });
  }
  reply({ kind: "done", sample: job.sample, detections });
}
try {
  const predictor = await openPredictor(setup.predictor, setup);
  let turn = Promise.resolve();
  port.on("message", (job) => {
    turn = turn.then(() => evaluateImage(job, predictor)).catch((error) => fail(error, job.id));
  });
  reply({ kind: "ready" });
} catch (error) {
  fail(error, null);
}
