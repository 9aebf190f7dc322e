import { isMainThread } from 'node:worker_threads';
import type { Size } from '../src/image/image.ts';
import { runBare } from './bare.ts';
import { profileStages } from './profile.ts';
import { scoreTimed } from './scoring.ts';
import { judgeTimed } from './verdict.ts';

/** Tasks that are measured in a process of their own; what they find out goes to stdout as JSON. */
const tasks: Readonly<Record<string, (args: readonly string[]) => Promise<unknown>>> = {
  bare: ([model = '', width, height, count, threads]) =>
    runBare(model, sizeOf(width, height), Number(count), Number(threads)),
  profile: ([config = '', decoder = '', width, height]) =>
    profileStages(config, decoder, sizeOf(width, height)),
  score: ([truth = '', detections = '']) => scoreTimed(truth, detections),
  verdict: ([baseline = '', candidate = '']) => judgeTimed(baseline, candidate),
};

function sizeOf(width: string | undefined, height: string | undefined): Size {
  return { width: Number(width), height: Number(height) };
}

if (isMainThread) {
  const [task = '', ...args] = process.argv.slice(2);
  console.log(JSON.stringify((await tasks[task]!(args)) ?? null));
}
