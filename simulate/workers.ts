import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import {
  addTallies,
  emptyTally,
  type Results,
  sameRow,
  type Tally,
  TallySchema,
} from './results.ts';
import { type Curve, type Piece, scenarios, sizeOf, type Suite } from './synthetic.ts';

const WORKERS = 2;
/** Pull requests of a worker between two times that results are written. */
const PIECE = 20;

const Reply = z.tuple([z.array(TallySchema)]);

/**
 * Simulates pull requests on top of those already in the results, until there are as many as asked for.
 *
 * @param save Called with the row so far; what is killed goes on from there.
 */
export async function simulateRow(
  results: Results,
  row: { readonly images: number; readonly suite: Suite; readonly requests: number },
  save: (rows: Results['synthetic']) => Promise<void>,
  say: (line: string) => void,
): Promise<void> {
  const { images, suite, requests } = row;
  const workers = Array.from({ length: WORKERS }, () => startWorker(results.curve));
  const entries = scenarios.map((scenario) =>
    entryOf(results, { images, conditions: sizeOf(suite), scenario }),
  );
  const done = (): number => entries[0]!.tally.runs;
  while (done() < requests) {
    const pieces = workers.map((_, i) => ({
      images,
      suite,
      from: Math.min(done() + i * PIECE, requests),
      to: Math.min(done() + (i + 1) * PIECE, requests),
    }));
    const replies = await Promise.all(workers.map((worker, i) => ask(worker, pieces[i]!)));
    for (const tallies of replies) {
      entries.forEach((entry, i) => addTo(entry.tally, tallies[i]!));
    }
    await save(entries);
    say(`${images} images, ${sizeOf(suite)} conditions: ${done()}/${requests}`);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
}

function startWorker(curve: Curve): Worker {
  return new Worker(new URL('./worker.mjs', import.meta.url), { workerData: curve });
}

async function ask(worker: Worker, piece: Piece): Promise<Tally[]> {
  worker.postMessage(piece);
  const [tallies] = Reply.parse(await once(worker, 'message'));
  return tallies;
}

function entryOf(
  { synthetic }: Results,
  row: { readonly images: number; readonly conditions: number; readonly scenario: string },
): Results['synthetic'][number] {
  const known = synthetic.find((old) => sameRow(old, row));
  return { ...row, tally: known?.tally ?? emptyTally() };
}

function addTo(sum: Tally, tally: Tally): void {
  Object.assign(sum, addTallies(sum, tally));
}
