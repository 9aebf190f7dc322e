import { parentPort, workerData } from 'node:worker_threads';
import { type Curve, type Piece, simulate } from './synthetic.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs as a worker thread only');

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what simulate/workers.ts passes
const curve = workerData as Curve;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what simulate/workers.ts posts
port.on('message', (piece: unknown) => port.postMessage(simulate(piece as Piece, curve)));
