import { parentPort, workerData } from 'node:worker_threads';
import { openJob, type Setup } from './jobs.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs as a worker thread only');

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what simulate/workers.ts passes
const judge = await openJob(workerData as Setup);

port.on('message', (piece: unknown) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what simulate/workers.ts posts
  port.postMessage(judge(piece as Parameters<typeof judge>[0]));
});
