import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The repository. */
export const root = join(import.meta.dirname, '../../..');

const own = join(root, 'bench/.venv/bin/python');

/** The Python that has what bench/peer/requirements.txt lists; null where there is none. */
export const python = process.env['BENCH_PYTHON'] ?? (existsSync(own) ? own : null);

/** What to do without it. */
export const INSTALL_HINT =
  'Install it with `python3.10 -m venv bench/.venv && bench/.venv/bin/pip install -r bench/peer/requirements.txt`, or set BENCH_PYTHON.';

export interface Peer {
  ask(question: object): Promise<unknown>;
  close(): void;
}

/**
 * Starts a script of bench/peer that answers each line of JSON with another.
 *
 * @param script Its name.
 */
export function startPeer(interpreter: string, script: string): Peer {
  const child: ChildProcess = spawn(interpreter, [join(root, 'bench/peer', script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin!.write(`${JSON.stringify(question)}\n`);
      const answer = await lines.next();
      if (answer.done === true) throw new Error(`bench/peer/${script} ended`);
      const value: unknown = JSON.parse(answer.value);
      return value;
    },
    close: () => child.stdin!.end(),
  };
}
