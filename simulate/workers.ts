import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Judged, Piece, Setup } from './jobs.ts';
import { addTallies, type Tally, TallySchema } from './results.ts';

const WORKERS = 2;
/** Pull requests of a worker between two times that results are written. */
const PIECE = 5;

const Reply = z.tuple([
  z.strictObject({ tallies: z.array(TallySchema), largestDrop: z.number().nullable() }),
]);

/** Worker threads that have opened a simulation. */
export interface Simulation extends AsyncDisposable {
  /**
   * Simulates pull requests on top of those that are counted already, until there are as many as asked for.
   *
   * @param known One tally for each scenario.
   * @param save  Called with the tallies so far; what is killed goes on from there.
   */
  run(
    row: Pick<Piece, 'images' | 'pairing'>,
    known: readonly Tally[],
    requests: number,
    save: (judged: Judged) => Promise<void>,
  ): Promise<void>;
}

/** Starts the worker threads of a simulation. */
export function startSimulation(setup: Setup): Simulation {
  const workers = Array.from(
    { length: WORKERS },
    () => new Worker(new URL('./worker.mjs', import.meta.url), { workerData: setup }),
  );
  return {
    async run(row, known, requests, save) {
      let tallies = [...known];
      let done = tallies[0]!.runs;
      while (done < requests) {
        const replies = await Promise.all(
          workers.map((worker, i) => {
            const from = Math.min(done + i * PIECE, requests);
            return ask(worker, { ...row, from, to: Math.min(from + PIECE, requests) });
          }),
        );
        for (const reply of replies) {
          tallies = tallies.map((tally, i) => addTallies(tally, reply.tallies[i]!));
        }
        done = tallies[0]!.runs;
        await save({ tallies, largestDrop: replies[0]!.largestDrop });
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function ask(worker: Worker, piece: Piece): Promise<Judged> {
  worker.postMessage(piece);
  const [judged] = Reply.parse(await once(worker, 'message'));
  return judged;
}
